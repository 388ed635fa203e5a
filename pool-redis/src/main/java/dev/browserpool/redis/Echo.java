package dev.browserpool.redis;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether messages still come through. Each sign of life has the store send one to the member itself, within the same script; a
 * connection that is dead without anybody having said so does not bring it. All times are of {@link System#nanoTime()}.
 */
final class Echo {
    /** What the store sends. */
    static final String TEXT = ".";

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);
    private static final long NONE = Long.MIN_VALUE;

    private final AtomicLong awaitedSince = new AtomicLong(NONE);
    private volatile long heardAt = System.nanoTime();

    /** Something came through, or a new connection begins. */
    void heard(long now) {
        heardAt = now;
        awaitedSince.set(NONE);
    }

    /** A sign of life was answered: its echo has been sent. Whether that of an earlier one should have been heard long ago. */
    boolean isOverdue(long sentAt, long now) {
        long since = awaitedSince.get();
        boolean begins = since == NONE && heardAt - sentAt < 0 && awaitedSince.compareAndSet(NONE, now);
        if (begins && heardAt - sentAt >= 0) {
            awaitedSince.compareAndSet(now, NONE); // it came in between
        }
        return since != NONE && now - since > PATIENCE;
    }
}
