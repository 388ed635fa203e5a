package dev.browserpool.engine;

import dev.browserpool.spi.PoolTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Nanoseconds since the engine was made, so that sums with very long durations stay in order. */
final class EngineTime {
    private static final int READINGS = 5;
    private static final long A_MOMENT = 1_000_000;

    private final PoolTime time;
    private final long origin;

    EngineTime(PoolTime time) {
        this.time = time;
        this.origin = time.nanos();
    }

    long now() {
        return time.nanos() - origin;
    }

    long toEngine(long nanos) {
        return nanos - origin;
    }

    long toClock(long engineNanos) {
        return engineNanos == Long.MAX_VALUE ? Long.MAX_VALUE : engineNanos + origin;
    }

    /** A point in the future; for ever if it is too far away to be counted. */
    long in(Duration duration) {
        return plus(now(), duration);
    }

    static long plus(long from, Duration duration) {
        long nanos = nanos(duration);
        return from > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : from + nanos;
    }

    private static long nanos(Duration duration) {
        return duration.toSeconds() >= Long.MAX_VALUE / 1_000_000_000L ? Long.MAX_VALUE : duration.toNanos();
    }

    /**
     * How far the wall clock is ahead of the monotonic one; only changes of it mean something. A thread may be stopped between the two
     * readings, for longer than a host sleeps: so the monotonic clock is read before and behind, and the tightest of a few such readings
     * counts.
     */
    long skew() {
        long tightest = Long.MAX_VALUE;
        long skew = 0;
        for (int reading = 0; reading < READINGS && tightest > A_MOMENT; reading++) {
            long before = now();
            long wall = time.wall().toEpochMilli() * 1_000_000;
            long took = now() - before;
            if (took < tightest) {
                tightest = took;
                skew = wall - before;
            }
        }
        return skew;
    }

    Instant wall() {
        return time.wall().truncatedTo(ChronoUnit.MILLIS);
    }
}
