package dev.browserpool;

/**
 * An {@link AdmissionGate} does not let a request in now, or a session start its browser. Nothing was launched; slot and profile
 * were not taken, or are given back.
 */
public sealed class AdmissionRefusedException extends BrowserPoolException permits HostOverloadedException {
    private static final long serialVersionUID = 1L;

    private final String requestId;
    private final String gate;
    private final transient AdmissionGate.Objection objection;

    /** Made by the pool. */
    public AdmissionRefusedException(String requestId, String gate, AdmissionGate.Objection objection) {
        super("request " + requestId + " was refused by " + gate + ": " + objection);
        this.requestId = requestId;
        this.gate = gate;
        this.objection = objection;
    }

    /** The gate itself failed, so nobody gets in. Made by the pool. */
    public AdmissionRefusedException(String requestId, String gate, Throwable failure) {
        this(requestId, gate, failed(failure));
        initCause(failure);
    }

    private static AdmissionGate.Objection failed(Throwable failure) {
        return AdmissionGate.Objection.of(
                "it failed with " + failure, "an answer", "mend the gate: while it fails, nobody gets in");
    }

    /** Who was refused. */
    public String requestId() {
        return requestId;
    }

    /** The name of the gate. */
    public String gate() {
        return gate;
    }

    /** What was found, what would be allowed, and the cure. */
    public AdmissionGate.Objection objection() {
        return objection;
    }
}
