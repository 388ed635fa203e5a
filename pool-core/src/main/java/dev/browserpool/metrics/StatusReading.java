package dev.browserpool.metrics;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserPoolException;
import dev.browserpool.PoolStatus;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The status for everybody who asks within a second: the dozens of numbers of one scrape are one question to the store, and are
 * consistent. A store that does not answer is not asked again within that second either. Any thread.
 */
final class StatusReading {
    private static final Logger log = LoggerFactory.getLogger(StatusReading.class);
    private static final long VALID_NANOS = 1_000_000_000L;

    private final ReentrantLock lock = new ReentrantLock();
    private final BrowserPool pool;
    private final Consumer<PoolStatus> onNews;

    // Under the lock.
    private @Nullable PoolStatus last;
    private boolean isRead;
    private boolean isAway;
    private long readAt;

    /** Tells of each new reading. Under the lock, so it must not ask for another. */
    StatusReading(BrowserPool pool, Consumer<PoolStatus> onNews) {
        this.pool = pool;
        this.onNews = onNews;
    }

    /** The status; empty if the store did not answer. */
    Optional<PoolStatus> now() {
        lock.lock();
        try {
            if (!isRead || System.nanoTime() - readAt >= VALID_NANOS) {
                read();
            }
            return isAway ? Optional.empty() : Optional.ofNullable(last);
        } finally {
            lock.unlock();
        }
    }

    /** The status, or the last one that there was: for what only grows. */
    Optional<PoolStatus> latest() {
        lock.lock();
        try {
            Optional<PoolStatus> now = now();
            return now.isPresent() ? now : Optional.ofNullable(last);
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        if (!pool.health().isOpen()) {
            isRead = true;
            isAway = true;
            readAt = System.nanoTime();
            return;
        }
        try {
            PoolStatus status = pool.status();
            last = status;
            isAway = false;
            onNews.accept(status);
        } catch (BrowserPoolException e) {
            if (!isAway) {
                log.warn("pool {}: its numbers can't be read", pool.config().name(), e);
            }
            isAway = true;
        } finally {
            isRead = true;
            readAt = System.nanoTime();
        }
    }
}
