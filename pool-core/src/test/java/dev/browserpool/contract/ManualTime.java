package dev.browserpool.contract;

import dev.browserpool.spi.PoolTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongUnaryOperator;

/**
 * Time that moves when a test says so. Steps run on the thread that advances it, in the order of their times, each at exactly
 * its time.
 */
public final class ManualTime implements PoolTime {
    private static final Instant EPOCH = Instant.parse("2030-01-01T00:00:00Z");

    /** How often steps may run without time going on, before that passes for spinning. */
    private static final int PATIENCE = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Step> steps = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong(1_000);
    private final AtomicLong asleep = new AtomicLong();
    private final AtomicLong stallBehindLook = new AtomicLong();

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Instant wall() {
        Instant read = EPOCH.plusNanos(nanos.get()).plusNanos(asleep.get());
        nanos.addAndGet(stallBehindLook.getAndSet(0));
        return read;
    }

    @Override
    public Driven drive(String threadName, LongUnaryOperator step) {
        Step driven = new Step(threadName, step);
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
        long end = nanos.get() + by.toNanos();
        int idle = 0;
        for (Optional<Step> next = nextDue(end); next.isPresent(); next = nextDue(end)) {
            Step step = next.get();
            idle = step.dueAt > nanos.get() ? 0 : idle + 1;
            if (idle > PATIENCE) {
                throw new AssertionError(step.name + " spins: it always wants to run again at once");
            }
            step.run(nanos.accumulateAndGet(step.dueAt, Math::max));
        }
        nanos.set(end);
    }

    /** Runs what is due now. */
    public void settle() {
        advance(Duration.ZERO);
    }

    /** Moves time on while nothing runs, as in a JVM that is stopped and continued. */
    public void stall(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    /** Stops whoever reads the wall clock next for so long, right behind that. */
    public void stallBehindLook(Duration by) {
        stallBehindLook.set(by.toNanos());
    }

    /** What a host does whose lid is closed: the wall clock goes on, nothing else does. */
    public void suspend(Duration howLong) {
        asleep.addAndGet(howLong.toNanos());
    }

    /** How many steps are being driven. */
    public long driven() {
        lock.lock();
        try {
            return steps.stream().filter(step -> !step.closed).count();
        } finally {
            lock.unlock();
        }
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
        private final String name;
        private final LongUnaryOperator action;
        private volatile long dueAt = Long.MAX_VALUE;
        private volatile boolean closed;

        Step(String name, LongUnaryOperator action) {
            this.name = name;
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
