package dev.browserpool.benchmarks.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;

/** From the release of the only slot until the next thread in line runs with it. In nanoseconds. */
final class HandOver {
    private static final int THREADS = 4;
    private static final long LONGEST = 60_000_000_000L;

    /** Long enough for whoever has just released it to be in line and parked again. */
    private static final long WORK_NANOS = 30_000;

    private final Histogram times = new Histogram(LONGEST, 3);
    private final AtomicInteger left;
    private final int samples;
    private long released;

    private HandOver(int samples) {
        this.samples = samples;
        this.left = new AtomicInteger(samples + samples / 4);
    }

    static Histogram of(Contender contender, int samples) throws InterruptedException {
        HandOver handOver = new HandOver(samples);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Lender lender = contender.open(1)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                String id = "caller-" + i;
                all.add(threads.submit(() -> handOver.takeTurns(lender, id)));
            }
            for (Future<?> each : all) {
                each.get();
            }
            return handOver.times;
        } catch (ExecutionException e) {
            throw new IllegalStateException(contender + " failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns how many it took. */
    private int takeTurns(Lender lender, String id) throws Exception {
        int turns = 0;
        for (; left.get() > 0; turns++) {
            lender.pair(id, this::work);
        }
        return turns;
    }

    /** Under the slot, which guards the fields. The first turns warm up. */
    private void work() {
        long now = System.nanoTime();
        int turn = left.getAndDecrement();
        if (turn > 0 && turn <= samples) {
            times.recordValue(Math.min(LONGEST, Math.max(0, now - released)));
        }
        while (System.nanoTime() - now < WORK_NANOS) {
            Thread.onSpinWait();
        }
        released = System.nanoTime();
    }
}
