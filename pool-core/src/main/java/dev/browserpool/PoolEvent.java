package dev.browserpool;

import java.util.Optional;

/** Something that happened in a pool. New kinds may appear: a listener should ignore what it does not know. */
public interface PoolEvent {
    /**
     * A request is in line.
     *
     * @param request which
     * @param position 1 for the oldest in line
     */
    record Queued(SlotRequest request, int position) implements PoolEvent {}

    /**
     * A request has its slot, and its profile if it claimed one.
     *
     * @param request which
     * @param token the fencing token of its lease
     */
    record Granted(SlotRequest request, long token) implements PoolEvent {}

    /**
     * A lease is being taken back.
     *
     * @param request which
     * @param loss why
     */
    record Stopping(SlotRequest request, LeaseLoss loss) implements PoolEvent {}

    /**
     * A request has ended: from the line, or after it ran.
     *
     * @param slot its last state
     */
    record Ended(BrowserSlot slot) implements PoolEvent {}

    /**
     * A request was refused: it never entered the line.
     *
     * @param request which
     * @param reason why
     * @param message the sentence that its caller got
     */
    record Refused(SlotRequest request, RefusalReason reason, String message) implements PoolEvent {}

    /**
     * A request met a profile in somebody's hands. One event for each such request.
     *
     * @param blocked who wants it
     * @param current who has it; empty if the profile is free again but has a line
     * @param decision what becomes of the request
     */
    record ProfileConflict(SlotRequest blocked, Optional<ProfileLock> current, Decision decision) implements PoolEvent {
        /** What becomes of a request that met a conflict. */
        public enum Decision {
            /** It waits in the profile's line. */
            WAIT,
            /** It was refused. */
            REFUSE
        }
    }

    /**
     * A lease was forgotten and has been reclaimed.
     *
     * @param request which
     * @param token the fencing token of its lease
     */
    record Leaked(SlotRequest request, long token) implements PoolEvent {}

    /**
     * The limit was changed through this member.
     *
     * @param from the old limit
     * @param to the new one
     */
    record Resized(int from, int to) implements PoolEvent {}

    /**
     * Granting was stopped through this member.
     *
     * @param reason why
     */
    record Paused(String reason) implements PoolEvent {}

    /** Granting goes on, through this member. */
    record Resumed() implements PoolEvent {}
}
