package dev.browserpool.benchmarks.jvm;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** What the steps of the in-memory pool cost its callers while many wait in line. */
final class LineCosts implements AutoCloseable {
    private final BrowserPool pool;
    private final SlotLease holder;
    private final AtomicInteger count = new AtomicInteger();
    private final List<String> ids = new ArrayList<>();
    private final int steps;
    private final int batch;

    /**
     * In nanoseconds.
     *
     * @param submit of a request that has to wait
     * @param cancel of one in the middle of the line
     * @param timeout of one that may not wait, which hears its position and who holds the slots
     * @param position of a page in the middle of the line, by which one sees where he stands
     * @param status with the first page of the line
     * @param bytes that a waiter takes on the heap, in bytes
     */
    record Costs(double submit, double cancel, double timeout, double position, double status, double bytes) {}

    private LineCosts(int waiters, int steps) throws InterruptedException {
        this.steps = steps;
        this.batch = Math.max(1, Math.min(100, waiters / 2));
        this.pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1).toBuilder()
                .maxQueued(2 * waiters)
                .timeout(Duration.ofHours(1))
                .historySize(0)
                .build());
        this.holder = pool.acquire(SlotRequest.of("holder", OperationType.TEST_RUN));
    }

    /** With so many in line, each step so many times. */
    static Costs with(int waiters, int steps) throws InterruptedException {
        try (LineCosts costs = new LineCosts(waiters, steps)) {
            return costs.measure(waiters);
        }
    }

    private Costs measure(int waiters) {
        long empty = Heap.used();
        submit(waiters);
        double bytes = (double) (Heap.used() - empty) / waiters;
        double submit = 0;
        double cancel = 0;
        for (int done = 0; done < steps; done += batch) {
            submit += nanos(() -> submit(batch));
            cancel += nanos(this::cancel);
        }
        int turns = (steps + batch - 1) / batch * batch;
        return new Costs(
                submit / turns,
                cancel / turns,
                nanos(this::timeout) / steps,
                nanos(this::position) / steps,
                nanos(this::status) / steps,
                bytes);
    }

    private static double nanos(Runnable all) {
        long begin = System.nanoTime();
        all.run();
        return System.nanoTime() - begin;
    }

    private void submit(int howMany) {
        for (int i = 0; i < howMany; i++) {
            String id = "waiter-" + count.incrementAndGet();
            ids.add(id);
            CompletableFuture<SlotLease> unused = pool.acquireAsync(SlotRequest.of(id, OperationType.TEST_RUN));
        }
    }

    /** As many as were submitted last, from the middle. */
    private void cancel() {
        int middle = (ids.size() - batch) / 2;
        List<String> those = ids.subList(middle, middle + batch);
        those.forEach(id -> require(pool.cancel(id)));
        those.clear();
    }

    private void timeout() {
        for (int i = 0; i < steps; i++) {
            require(pool.tryAcquire(SlotRequest.of("now-or-never", OperationType.TEST_RUN))
                    .isEmpty());
        }
    }

    private void position() {
        int middle = ids.size() / 2;
        for (int i = 0; i < steps; i++) {
            require(!pool.operations().line(middle, 1).isEmpty());
        }
    }

    private void status() {
        for (int i = 0; i < steps; i++) {
            require(!pool.status().line().isEmpty());
        }
    }

    private static void require(boolean so) {
        if (!so) {
            throw new IllegalStateException("the line is not as it was made");
        }
    }

    @Override
    public void close() {
        pool.close(); // first: else the slot would go to the next in line, who never gives it back
        holder.close();
    }
}
