package dev.browserpool;

/** Where a request stands. A request that was refused never got a state: it was never in line. */
public enum SlotState {
    /** In line: holds nothing, neither a slot nor a profile. */
    WAITING,
    /** Holds a slot, and its profile if it claimed one. */
    RUNNING,
    /** Is being taken back. Still counts against the limit, until its holder confirms or the stop grace is over. */
    STOPPING,
    /** Ended well: {@link SlotLease#complete()}, or a loan that returned. */
    COMPLETED,
    /** Ended badly: {@link SlotLease#fail(Throwable)}, or a loan that threw. */
    FAILED,
    /** Closed without a verdict. */
    RELEASED,
    /** Held longer than its maximum duration. */
    EXPIRED,
    /** Taken back by an operator, or because the pool closed. */
    REVOKED,
    /** Its member died or lost the store, or it was forgotten: garbage-collected without having been closed. */
    LOST,
    /** Waited longer than its timeout. */
    TIMED_OUT,
    /** Left the line: cancelled, interrupted, its future completed by somebody else, or the pool closed. */
    CANCELLED,
    /** Its member died while it was in line. */
    ABANDONED;

    /** Whether nothing comes after this state. */
    public boolean isFinal() {
        return this != WAITING && !holdsSlot();
    }

    /** Whether a request in this state occupies a slot: running or stopping. */
    public boolean holdsSlot() {
        return this == RUNNING || this == STOPPING;
    }
}
