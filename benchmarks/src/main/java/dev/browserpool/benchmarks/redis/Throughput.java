package dev.browserpool.benchmarks.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How many pairs of acquire and release some threads of one JVM do in a second, on one permit. */
final class Throughput {
    private Throughput() {}

    /** So many pairs a second, over this time. */
    static double of(SharedLimit limit, int threads, Duration howLong) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(threads, Daemons.named("pairs"));
        try {
            long begin = System.nanoTime();
            long end = begin + howLong.toNanos();
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                counts.add(workers.submit(() -> pairsUntil(limit, end)));
            }
            long pairs = 0;
            for (Future<Long> count : counts) {
                pairs += count.get();
            }
            return pairs * 1e9 / (System.nanoTime() - begin);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a pair failed", e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private static long pairsUntil(SharedLimit limit, long end) throws InterruptedException {
        long pairs = 0;
        while (System.nanoTime() - end < 0) {
            limit.acquire().release();
            pairs++;
        }
        return pairs;
    }
}
