package dev.browserpool.spi;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real clocks, with a daemon thread for each driven step. */
enum SystemTime implements PoolTime {
    INSTANCE;

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Instant wall() {
        return Instant.now();
    }

    @Override
    public Driven drive(String threadName, LongUnaryOperator step) {
        DrivenThread driven = new DrivenThread(threadName, step);
        driven.thread.start();
        return driven;
    }

    private static final class DrivenThread implements Driven {
        private static final Logger log = LoggerFactory.getLogger(SystemTime.class);
        private static final long NEVER = Long.MAX_VALUE;

        /** When to run next, in nanoseconds since the origin, so that comparing never overflows. */
        private final AtomicLong wanted = new AtomicLong(NEVER);

        private final long origin = System.nanoTime();
        private final Thread thread;
        private final LongUnaryOperator step;
        private volatile boolean closed;

        DrivenThread(String name, LongUnaryOperator step) {
            this.step = step;
            this.thread = new Thread(this::loop, name);
            thread.setDaemon(true);
        }

        @Override
        public void wakeAt(long nanos) {
            long at = nanos - origin;
            long before = wanted.getAndAccumulate(at, Math::min);
            if (at < before) {
                LockSupport.unpark(thread);
            }
        }

        @Override
        public void close() {
            closed = true;
            LockSupport.unpark(thread);
        }

        private void loop() {
            while (!closed) {
                long now = System.nanoTime();
                long due = wanted.get();
                if (due <= now - origin) {
                    wanted.set(NEVER);
                    runOnce(now);
                } else if (due == NEVER) {
                    LockSupport.park(this);
                } else {
                    LockSupport.parkNanos(this, due - (now - origin));
                }
                Thread.interrupted(); // an interrupt has no meaning here, and would turn parking into spinning
            }
        }

        private void runOnce(long now) {
            long again;
            try {
                again = step.applyAsLong(now);
            } catch (RuntimeException | Error e) {
                log.error("{} failed and goes on in a second", thread.getName(), e);
                again = 1_000_000_000L;
            }
            if (again != NEVER) {
                wakeAt(now + again);
            }
        }
    }
}
