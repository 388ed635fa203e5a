package dev.browserpool;

import java.time.Duration;
import java.time.Instant;
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
     * @param waited how long it has waited; from its first place in line, if it was parked
     */
    record Granted(SlotRequest request, long token, Duration waited) implements PoolEvent {}

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
     * A request met a profile that it cannot have now. One event for each such request, however it ends; another one if a browser
     * of somebody else is found on the directory later.
     *
     * @param blocked who wants it
     * @param current the request that has it, the oldest if there are several
     * @param block why nobody gets it, if it is not a request that has it; empty, as {@code current} is, if there is only a line
     * @param decision what becomes of the request
     * @param nextCheck when its owner's lease expires, its block ends, or it is looked at again; empty if nobody knows
     * @param detectedBy who noticed
     */
    record ProfileConflict(
            SlotRequest blocked,
            Optional<ProfileLock> current,
            Optional<ProfileBlock> block,
            Decision decision,
            Optional<Instant> nextCheck,
            Detector detectedBy)
            implements PoolEvent {
        /** What becomes of a request that met a conflict. */
        public enum Decision {
            /** It waits in the profile's line. */
            WAIT,
            /** It was refused. */
            REFUSE,
            /** It had the profile, gave it back with its slot, and waits at its old place. */
            PARK
        }

        /** Who noticed a conflict. */
        public enum Detector {
            /** The ledger, when the request came. */
            LEDGER,
            /** A look at the directory, before the launch. */
            PROBE,
            /** The browser itself, at the launch. */
            BROWSER
        }
    }

    /**
     * A person or a program changed a profile through this member: a check-out, its extension, a check-in, a quarantine, a
     * clearing, or an owner's word that nobody must use it. Not told: a quarantine by the profile's rule, and a check-out whose
     * time was over; {@link ProfileLocks#history} has all.
     *
     * @param record what was written
     */
    record ProfileChanged(ProfileRecord record) implements PoolEvent {}

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

    /**
     * A load test took the pool through this member.
     *
     * @param test which
     */
    record LoadTestStarted(LoadTest test) implements PoolEvent {}

    /**
     * A load test is over that was held by this member, or was ended through it.
     *
     * @param test which
     * @param reason why, for people
     */
    record LoadTestEnded(LoadTest test, String reason) implements PoolEvent {}
}
