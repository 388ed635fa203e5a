package dev.browserpool.benchmarks.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What a blocked thread in line costs on the heap, above one that is parked and waits for nothing. */
final class WaiterMemory {
    private WaiterMemory() {}

    /** In bytes. */
    static double of(Contender contender, int waiters) throws Exception {
        long parked = parked(waiters);
        try (Lender lender = contender.open(1)) {
            CountDownLatch done = new CountDownLatch(1);
            CountDownLatch held = new CountDownLatch(1);
            Thread holder = start(
                    "holder",
                    () -> lender.pair("holder", () -> {
                        held.countDown();
                        awaitQuietly(done);
                    }));
            held.await();
            List<Thread> line = new ArrayList<>();
            for (int i = 0; i < waiters; i++) {
                String id = "waiter-" + i;
                line.add(start(id, () -> lender.pair(id, () -> {})));
            }
            long used = usedOnceParked(line);
            done.countDown();
            join(holder, line);
            return (double) (used - parked) / waiters;
        }
    }

    private static long parked(int threads) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            String id = "waiter-" + i;
            all.add(start(id, done::await));
        }
        long before = usedOnceParked(all);
        done.countDown();
        for (Thread each : all) {
            each.join();
        }
        return before;
    }

    private interface Task {
        void run() throws Exception;
    }

    private static Thread start(String name, Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (Exception e) {
                        throw new IllegalStateException(name + " failed", e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long usedOnceParked(List<Thread> threads) {
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        }
        return Heap.used();
    }

    private static void join(Thread holder, List<Thread> line) throws InterruptedException {
        holder.join();
        for (Thread each : line) {
            each.join();
        }
    }
}
