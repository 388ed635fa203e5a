package dev.browserpool.contract;

import dev.browserpool.spi.PoolTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongUnaryOperator;

/**
 * Time that moves when a test says so. Steps run on the thread that advances it, in the order of their times, each at exactly
 * its time.
 */
public final class ManualTime implements PoolTime {
    private static final Instant EPOCH = Instant.parse("2030-01-01T00:00:00Z");

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Step> steps = new ArrayList<>();
    private volatile long nanos = 1_000;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant wall() {
        return EPOCH.plusNanos(nanos);
    }

    @Override
    public Driven drive(String threadName, LongUnaryOperator step) {
        Step driven = new Step(step);
        lock.lock();
        try {
            steps.add(driven);
        } finally {
            lock.unlock();
        }
        return driven;
    }

    /** Moves time on, and runs whatever becomes due on the way. */
    public void advance(Duration by) {
        long end = nanos + by.toNanos();
        for (Optional<Step> next = nextDue(end); next.isPresent(); next = nextDue(end)) {
            Step step = next.get();
            nanos = Math.max(nanos, step.dueAt);
            step.run(nanos);
        }
        nanos = end;
    }

    /** Runs what is due now. */
    public void settle() {
        advance(Duration.ZERO);
    }

    private Optional<Step> nextDue(long end) {
        lock.lock();
        try {
            return steps.stream()
                    .filter(step -> !step.closed && step.dueAt <= end)
                    .min(Comparator.comparingLong(step -> step.dueAt));
        } finally {
            lock.unlock();
        }
    }

    private final class Step implements Driven {
        private final LongUnaryOperator action;
        private volatile long dueAt = Long.MAX_VALUE;
        private volatile boolean closed;

        Step(LongUnaryOperator action) {
            this.action = action;
        }

        @Override
        public void wakeAt(long at) {
            lock.lock();
            try {
                dueAt = Math.min(dueAt, at);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            closed = true;
        }

        void run(long now) {
            lock.lock();
            try {
                dueAt = Long.MAX_VALUE;
            } finally {
                lock.unlock();
            }
            long again = action.applyAsLong(now);
            if (again != Long.MAX_VALUE) {
                wakeAt(now + again);
            }
        }
    }
}
