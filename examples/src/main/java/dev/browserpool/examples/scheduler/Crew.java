package dev.browserpool.examples.scheduler;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A number of worker threads that all do the same until each finds nothing more to do. */
final class Crew {
    /** The work of one worker, from beginning to end. */
    @FunctionalInterface
    interface Shift {
        void work(String workerId) throws InterruptedException;
    }

    private Crew() {}

    /** What so many workers are called. */
    static Set<String> names(int workers) {
        return IntStream.rangeClosed(1, workers)
                .mapToObj(number -> "worker-" + number)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Runs the shift on each of these workers and waits for all; an interrupt stops them. */
    static void work(Set<String> workers, Shift shift) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(workers.size(), daemons());
        try {
            List<Callable<String>> shifts = workers.stream()
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
