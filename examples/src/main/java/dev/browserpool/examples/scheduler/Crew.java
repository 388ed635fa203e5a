package dev.browserpool.examples.scheduler;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A number of worker threads that all do the same until each finds nothing more to do. */
final class Crew {
    /** The work of one worker, from beginning to end. */
    @FunctionalInterface
    interface Shift {
        void work(String workerId) throws InterruptedException;
    }

    private Crew() {}

    /** Runs the shift on each of these many workers and waits for all; an interrupt stops them. */
    static void work(int workers, Shift shift) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(workers, daemons());
        try {
            List<Callable<String>> shifts = IntStream.rangeClosed(1, workers)
                    .mapToObj(number -> "worker-" + number)
                    .map(workerId -> (Callable<String>) () -> {
                        shift.work(workerId);
                        return workerId;
                    })
                    .toList();
            for (Future<String> ended : threads.invokeAll(shifts)) {
                ended.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a worker stopped on " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static ThreadFactory daemons() {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "worker-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
