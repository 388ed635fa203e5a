package dev.browserpool.memory;

import dev.browserpool.spi.PoolTime;

/**
 * The time by which deadlines count: nanoseconds since the ledger was made. It moves with the monotonic clock, but never by more
 * than a third of the members' time to live in one step: a JVM that was stopped and continued finds its members alive.
 */
final class PoolClock {
    private final PoolTime time;
    private final long maxStep;
    private long lastSeen;
    private long now;

    PoolClock(PoolTime time, long maxStep) {
        this.time = time;
        this.maxStep = maxStep;
        this.lastSeen = time.nanos();
    }

    long advance() {
        return advanceTo(time.nanos());
    }

    /** To what somebody has read before he had the lock; others, who had it first, may have read later times. */
    long advanceTo(long seen) {
        if (seen - lastSeen > 0) {
            now += Math.min(seen - lastSeen, maxStep);
            lastSeen = seen;
        }
        return now;
    }

    /** A time after another; for ever if it is too far away to be counted. */
    static long later(long time, long by) {
        return by > 0 && time > Long.MAX_VALUE - by ? Long.MAX_VALUE : time + by;
    }

    long now() {
        return now;
    }
}
