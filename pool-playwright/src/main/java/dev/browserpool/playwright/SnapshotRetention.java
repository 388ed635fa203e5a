package dev.browserpool.playwright;

import java.time.Duration;

/**
 * How many snapshots of one profile are kept: the oldest are deleted when a new one is taken, and the newest is always kept.
 *
 * @param count at most so many; at least 1
 * @param bytes at most so much, files that several have in common counted once; at least 1
 * @param age none that is older; more than zero
 */
public record SnapshotRetention(int count, long bytes, Duration age) {
    /** Ten, two gigabytes and thirty days. */
    public static final SnapshotRetention STANDARD = new SnapshotRetention(10, 2_000_000_000L, Duration.ofDays(30));

    /** Refuses what would keep none. */
    public SnapshotRetention {
        if (count < 1) {
            throw new IllegalArgumentException("count is " + count + ", it must be at least 1");
        }
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes is " + bytes + ", it must be at least 1");
        }
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("age is " + age + ", it must be more than zero");
        }
    }
}
