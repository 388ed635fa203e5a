package dev.browserpool.examples.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The tasks that nobody has in hand, each with the time from which on it is due. A worker takes the one that is due for the
 * longest, and sleeps until there is one: a task that another worker does best is due for it somewhat later.
 */
final class TaskLine {
    private final Duration patience;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Attempt> attempts = new ArrayList<>();
    private int open;

    /** With this patience for the worker that does a task best. */
    TaskLine(Duration patience, InstantSource clock) {
        this.patience = patience;
        this.clock = clock;
    }

    /** New tasks: workers stay until {@link #ended()} was said for each of them. */
    void open(List<Attempt> first) {
        change(() -> {
            open += first.size();
            attempts.addAll(first);
        });
    }

    /** Puts a task back. */
    void add(Attempt attempt) {
        change(() -> attempts.add(attempt));
    }

    /** A task is over. */
    void ended() {
        change(() -> open--);
    }

    /** Sends everybody home, whatever is left. */
    void abandon() {
        change(() -> open = 0);
    }

    Instant now() {
        return clock.instant();
    }

    /** Waits for a task that is due; empty when all are over. */
    Optional<Attempt> take(String worker) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (open > 0) {
                Optional<Attempt> next = attempts.stream().min(Comparator.comparing(a -> a.dueFor(worker, patience)));
                Duration wait = next.map(a -> Duration.between(now(), a.dueFor(worker, patience)))
                        .orElse(Duration.ofDays(1));
                if (next.isPresent() && (wait.isZero() || wait.isNegative())) {
                    attempts.remove(next.get());
                    return next;
                }
                boolean unused = changed.await(wait.toNanos(), TimeUnit.NANOSECONDS);
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable how) {
        lock.lock();
        try {
            how.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
