package dev.browserpool;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pool at one moment, consistent in itself.
 *
 * @param name the pool's name
 * @param limit how many browsers may run
 * @param load how many run and wait
 * @param pausedBy why nothing is granted, if the pool is paused
 * @param loadTest the load test that has the pool, if there is one: nothing is granted while it lasts
 * @param estimatedWait how long a request that came now, without a profile, would wait; see {@link Waiting#estimatedWait()}
 * @param byType the load of each operation type: the nine standard ones always, others once they were seen; beyond 55 of
 *     the user's own the rest is counted as {@code other}
 * @param running the slots in use, oldest first, children after their parents
 * @param line the first 100 of the line; {@link PoolOperations#line} has the rest
 * @param members the pool instances that share the limit
 * @param counts what happened since the pool's start
 * @param waitTimes how long recent requests waited until they were granted
 * @param runTimes how long recent leases were held
 */
public record PoolStatus(
        String name,
        Limit limit,
        Load load,
        Optional<String> pausedBy,
        Optional<LoadTest> loadTest,
        Optional<Duration> estimatedWait,
        Map<OperationType, Load> byType,
        List<BrowserSlot> running,
        List<Waiting> line,
        List<String> members,
        Counts counts,
        Percentiles waitTimes,
        Percentiles runTimes) {

    /**
     * How many browsers may run.
     *
     * @param maxBrowsers the limit in force
     * @param maxQueued how many requests may wait
     * @param maxQueuedPerProfile how many requests may wait for one profile
     * @param requested what was asked for: by this member's configuration, or later by a resize through this member; what is in
     *     force if it asked for nothing
     * @param reason why another number is in force than was asked for; empty if it is the same
     */
    public record Limit(
            int maxBrowsers, int maxQueued, int maxQueuedPerProfile, int requested, Optional<String> reason) {
        /** A limit in force as it was asked for. */
        public Limit(int maxBrowsers, int maxQueued, int maxQueuedPerProfile) {
            this(maxBrowsers, maxQueued, maxQueuedPerProfile, maxBrowsers, Optional.empty());
        }

        /** The limit in force, beside {@link #requested()}. */
        public int effective() {
            return maxBrowsers;
        }
    }

    /**
     * More browsers than these can't run at once, whatever was asked for.
     *
     * @param most how many; at least 1
     * @param reason why, for people
     */
    public record Cap(int most, String reason) {
        /** Refuses numbers below 1 and blank reasons, with an {@link IllegalArgumentException}. */
        public Cap {
            Names.atLeast(1, "cap", most);
            Names.id("reason", reason);
        }
    }

    /**
     * How many hold slots and how many wait. Children are not counted: they hold no slot.
     *
     * @param running leases at work
     * @param stopping leases that are being taken back; they still count against the limit
     * @param waitingForSlot requests that could run if there were a slot
     * @param waitingForProfile requests whose profile has no room for them
     * @param waitingForLoadTest requests that could run, or would wait for a slot, were there no load test; then nobody counts as
     *     waiting for a slot
     */
    public record Load(int running, int stopping, int waitingForSlot, int waitingForProfile, int waitingForLoadTest) {
        /** A load without a load test. */
        public Load(int running, int stopping, int waitingForSlot, int waitingForProfile) {
            this(running, stopping, waitingForSlot, waitingForProfile, 0);
        }

        /** Nothing running, nobody waiting. */
        public static final Load NONE = new Load(0, 0, 0, 0);

        /** Slots in use: running and stopping. */
        public int used() {
            return running + stopping;
        }

        /** Requests in line, whatever they wait for. */
        public int waiting() {
            return waitingForSlot + waitingForProfile + waitingForLoadTest;
        }

        /** The same while a load test has the pool: whoever would wait for a slot waits for its end. */
        public Load duringLoadTest() {
            return new Load(running, stopping, 0, waitingForProfile, waitingForLoadTest + waitingForSlot);
        }
    }

    /**
     * One request in line.
     *
     * @param position 1 for the oldest
     * @param slot the request
     * @param estimatedWait how long it will wait from now on: its place among those that could run, less the free slots, times how
     *     long recent leases were held on average (the newest one counts an eighth, the one before an eighth of the rest, and so on),
     *     divided by the number of slots. Empty while nothing has ended yet, while the pool is paused or has a load test, and for a
     *     request that claims a profile: when that is free is its owners' business
     */
    public record Waiting(int position, BrowserSlot slot, Optional<Duration> estimatedWait) {}

    /**
     * What happened since the pool's start.
     *
     * @param granted leases granted, children included
     * @param ended how requests ended, by final state; states that never occurred are absent
     * @param refused requests that never entered the line, by reason; those that gates refused, of this member
     * @param leaked leases that were forgotten, of this member
     */
    public record Counts(long granted, Map<SlotState, Long> ended, Map<RefusalReason, Long> refused, long leaked) {}

    /**
     * The distribution of a time, over those of the newest 1,000 ended requests that had a slot.
     *
     * @param samples of how many leases
     * @param p50 the median; zero without samples
     * @param p90 the 90th percentile
     * @param p99 the 99th percentile
     * @param max the longest
     */
    public record Percentiles(int samples, Duration p50, Duration p90, Duration p99, Duration max) {}

    /** Slots that a newcomer could have at once, if nobody waits; zero while the pool is over its limit, paused, or has a load test. */
    public int available() {
        return pausedBy.isPresent() || loadTest.isPresent() ? 0 : Math.max(0, limit.maxBrowsers() - load.used());
    }
}
