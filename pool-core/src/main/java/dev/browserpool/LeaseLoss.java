package dev.browserpool;

/**
 * Why a lease is being taken back from its holder.
 *
 * @param requestId whose lease
 * @param token its fencing token
 * @param reason what kind of loss
 * @param message a sentence for people
 */
public record LeaseLoss(String requestId, long token, Reason reason, String message) {

    /** The kinds of loss. */
    public enum Reason {
        /** Held longer than its maximum duration. */
        EXPIRED,
        /** Taken back by an operator, because the pool closed, or because the lease on whose slot it ran has ended. */
        REVOKED,
        /** Its member died or lost the store, or the lease was forgotten. */
        LOST;

        /** The state in which a request ends that was lost for this reason; a child that ended with its parent is RELEASED. */
        public SlotState state() {
            return switch (this) {
                case EXPIRED -> SlotState.EXPIRED;
                case REVOKED -> SlotState.REVOKED;
                case LOST -> SlotState.LOST;
            };
        }
    }
}
