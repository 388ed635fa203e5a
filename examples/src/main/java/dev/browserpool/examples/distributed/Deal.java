package dev.browserpool.examples.distributed;

import dev.browserpool.examples.tasks.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tasks in the hands of workers, each worker with its share, in turn. */
final class Deal {
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Map<WorkerProcess, List<Task>> shares = new LinkedHashMap<>();
    private final Map<WorkerProcess, CompletableFuture<Void>> done = new LinkedHashMap<>();

    private Deal() {}

    /** Deals these tasks, and sends each worker its share. */
    static Deal of(List<Task> tasks, List<WorkerProcess> workers, Map<String, List<String>> carts) {
        Deal deal = new Deal();
        for (int i = 0; i < tasks.size(); i++) {
            deal.shares
                    .computeIfAbsent(workers.get(i % workers.size()), worker -> new ArrayList<>())
                    .add(tasks.get(i));
        }
        deal.shares.forEach((worker, share) -> deal.done.put(
                worker, worker.send(new Batch(share.stream().map(Task::taskId).toList(), carts))));
        return deal;
    }

    List<Task> shareOf(WorkerProcess worker) {
        return shares.getOrDefault(worker, List.of());
    }

    /** Waits until all of these have done their shares; what one of them broke on is thrown. */
    void await(List<WorkerProcess> workers) throws InterruptedException {
        for (WorkerProcess worker : workers) {
            await(done.getOrDefault(worker, CompletableFuture.completedFuture(null)), worker.name() + "'s share");
        }
    }

    /** Waits for something, though not for ever. */
    static <T> T await(CompletableFuture<T> future, String what) throws InterruptedException {
        try {
            return future.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(what + " failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(what + " is not there after " + LONGEST, e);
        }
    }
}
