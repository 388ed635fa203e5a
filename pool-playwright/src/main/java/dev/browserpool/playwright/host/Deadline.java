package dev.browserpool.playwright.host;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A point on the monotonic clock.
 *
 * @param nanoTime as {@link System#nanoTime()} counts
 */
public record Deadline(long nanoTime) {
    private static final long GLANCE_NANOS = Duration.ofMillis(10).toNanos();

    /** That long from now. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** At least zero. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** Whether it has passed. */
    public boolean isOver() {
        return left().isZero();
    }

    /**
     * Looks every 10 ms, for things of the operating system that tell nobody. An interrupt does not end it; the flag is kept.
     *
     * @return whether it came true in time
     */
    public boolean await(BooleanSupplier condition) {
        boolean interrupted = false;
        boolean met = condition.getAsBoolean();
        while (!met && !isOver()) {
            LockSupport.parkNanos(this, GLANCE_NANOS);
            // A pending interrupt would make each later parking return at once.
            interrupted |= Thread.interrupted();
            met = condition.getAsBoolean();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return met;
    }
}
