package dev.browserpool;

import java.util.Optional;

/**
 * Says whether a request may enter the line, beyond what the pool itself decides. Asked before the request is sent to the ledger,
 * and by sessions again before they start a browser; not for children, which start none. Runs on the thread of whoever acquires, or
 * on that of the session's opening, without any lock of the pool, and should be quick: every request passes. Asked from many
 * threads at once.
 *
 * <p>A gate that throws lets nobody in: its requests are refused with what it threw as the cause.
 */
@FunctionalInterface
public interface AdmissionGate {
    /** Why this request must not go on now; empty lets it pass. */
    Optional<Objection> objection(SlotRequest request);

    /** Its name in errors; the simple name of its class if not said otherwise. */
    default String name() {
        String simple = getClass().getSimpleName();
        return simple.isEmpty() || simple.contains("Lambda") ? "a gate of this pool's configuration" : simple;
    }

    /**
     * What a gate has against a request.
     *
     * @param reading what was found, with its unit
     * @param limit what would be allowed, with its unit
     * @param cure what a person can do about it
     * @param isHost whether it is the host that has no room: then the request is refused with a {@link HostOverloadedException}
     */
    record Objection(String reading, String limit, String cure, boolean isHost) {
        /** An objection of a gate of the user's own. */
        public static Objection of(String reading, String limit, String cure) {
            return new Objection(reading, limit, cure, false);
        }

        @Override
        public String toString() {
            return reading + ", allowed is " + limit + "; " + cure;
        }
    }
}
