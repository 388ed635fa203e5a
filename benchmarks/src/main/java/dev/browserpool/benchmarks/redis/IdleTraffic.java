package dev.browserpool.benchmarks.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** What a number of waiters of one JVM ask of the server while nothing happens. */
final class IdleTraffic {
    /** Until all have come. */
    private static final Duration SETTLE = Duration.ofSeconds(2);

    private IdleTraffic() {}

    /** Commands a second. */
    static double of(SharedLimit limit, int waiters, Duration howLong, ServerStats stats) throws InterruptedException {
        SharedLimit.Permit held = limit.acquire();
        ExecutorService threads = Executors.newFixedThreadPool(waiters, Daemons.named("idle"));
        try {
            List<Future<?>> waiting = new ArrayList<>();
            for (int i = 0; i < waiters; i++) {
                waiting.add(threads.submit(() -> {
                    limit.acquire().release();
                    return null;
                }));
            }
            rest(SETTLE);
            long before = stats.reads();
            long begin = System.nanoTime();
            rest(howLong);
            double seconds = (System.nanoTime() - begin) / 1e9;
            double reads = stats.reads() - before - 1;
            if (waiting.stream().anyMatch(Future::isDone)) {
                throw new IllegalStateException("a waiter did not wait");
            }
            return reads / seconds;
        } finally {
            threads.shutdownNow();
            held.release();
        }
    }

    private static void rest(Duration howLong) {
        long end = System.nanoTime() + howLong.toNanos();
        for (long left = howLong.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
