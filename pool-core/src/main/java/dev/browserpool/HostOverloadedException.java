package dev.browserpool;

/** The host has no room for one more browser: processors, memory or disk are over the limit of a gate. */
public final class HostOverloadedException extends AdmissionRefusedException {
    private static final long serialVersionUID = 1L;

    /** Made by the pool. */
    public HostOverloadedException(String requestId, String gate, AdmissionGate.Objection objection) {
        super(requestId, gate, objection);
    }
}
