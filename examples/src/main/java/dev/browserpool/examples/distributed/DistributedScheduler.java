package dev.browserpool.examples.distributed;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserSlot;
import dev.browserpool.examples.scheduler.TaskReport;
import dev.browserpool.examples.tasks.Expectation;
import dev.browserpool.examples.tasks.Task;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * Deals tasks to workers that are JVMs of their own and share one pool through Redis. The pool alone says who may run, and on which
 * profile; this deals, listens, and kills the JVM whose task is meant to vanish. What that one had not begun is dealt again, with the
 * tasks of the same profile that come after, so that there is somebody who recovers it.
 */
public final class DistributedScheduler {
    private final BrowserPool pool;
    private final List<WorkerProcess> workers;
    private final News news;
    private final Map<String, Task> tasks = new ConcurrentHashMap<>();
    private final Queue<TaskReport> reports = new ConcurrentLinkedQueue<>();
    private final Map<String, Task> heirs = new ConcurrentHashMap<>();
    private final CompletableFuture<Victim> inTheMiddle = new CompletableFuture<>();

    private volatile boolean isChecking;

    private record Victim(WorkerProcess worker, Task task) {}

    /** Hears what happens, as it happens. Called on threads of the workers' and on that of the scheduler. */
    public interface News {
        /** A task is over. */
        void finished(TaskReport report);

        /** A task recovered the profile of a worker that was killed. */
        void recovered(Task task, String workerId);

        /** A worker is dead. */
        void killed(Killing killing);

        /** The store has noticed, and takes its lease back. */
        void givenUp(Killing killing);

        /** Its slot and its profile are free again. */
        void passed(Killing killing);
    }

    /**
     * A scheduler for these workers.
     *
     * @param pool a member of the same pool, to look into the store; it runs nothing
     * @param workers their JVMs, just started; two at least if one is to be killed
     * @param news hears of everything
     */
    public DistributedScheduler(BrowserPool pool, List<WorkerProcess> workers, News news) {
        this.pool = pool;
        this.workers = List.copyOf(workers);
        this.news = news;
        workers.forEach(worker -> worker.listen(this::heard));
    }

    /**
     * Has all tasks done and returns when the last one is over.
     *
     * @param all at most one of them expects to vanish
     * @return what became of what the killed worker held; empty if none was killed
     */
    public Optional<Handover> run(List<Task> all) throws InterruptedException {
        Optional<Task> vanishing = all.stream()
                .filter(task -> task.expectation() == Expectation.VANISH)
                .findFirst();
        List<Task> after = vanishing.map(task -> sameProfileAfter(task, all)).orElse(List.of());
        Deal first = deal(without(after, all), Map.of());
        if (vanishing.isEmpty()) {
            first.await(workers);
            return Optional.empty();
        }
        Victim victim = Deal.await(inTheMiddle, "a task in the middle of its work");
        Killing killing = kill(victim);
        Deal again =
                deal(Stream.concat(notBegunBy(victim, first), after.stream()).toList(), Map.of());
        Instant givenUp = Handover.awaitGivingUp(pool, killing);
        news.givenUp(killing);
        Handover.awaitPassing(pool, killing);
        news.passed(killing);
        first.await(survivors());
        again.await(survivors());
        Optional<Task> heir = victim.task().profileId().map(heirs::get);
        return Optional.of(Handover.read(pool, killing, givenUp, heir));
    }

    /**
     * Has these done by whoever is still there, without news of them.
     *
     * @param carts what each account's cart should hold, by account
     * @return their reports, in the order in which they ended
     */
    public List<TaskReport> check(List<Task> audits, Map<String, List<String>> carts) throws InterruptedException {
        isChecking = true;
        deal(audits, carts).await(survivors());
        return reports.stream().filter(report -> audits.contains(report.task())).toList();
    }

    /** How the tasks ended that have ended so far, in that order. */
    public List<TaskReport> reports() {
        return List.copyOf(reports);
    }

    private Deal deal(List<Task> some, Map<String, List<String>> carts) {
        some.forEach(task -> tasks.put(task.taskId(), task));
        return Deal.of(some, survivors(), carts);
    }

    private List<WorkerProcess> survivors() {
        return workers.stream().filter(WorkerProcess::lives).toList();
    }

    private Killing kill(Victim victim) throws InterruptedException {
        String worker = victim.worker().name();
        Handover.awaitLastCheckpoint(pool, victim.task());
        victim.worker().kill();
        Killing killing = new Killing(worker, victim.worker().processId(), victim.task(), Instant.now());
        BrowserSlot.Times times =
                pool.slot(victim.task().taskId()).map(BrowserSlot::times).orElseThrow();
        reports.add(new TaskReport(
                victim.task(),
                worker,
                List.of(),
                times.waited(),
                times.ran(),
                TaskReport.Outcome.FAILED,
                "its JVM was killed with -9",
                Optional.empty()));
        news.killed(killing);
        return killing;
    }

    /** It had one task in hand, so everything else is either over or untouched. */
    private Stream<Task> notBegunBy(Victim victim, Deal deal) {
        List<Task> over = reports.stream().map(TaskReport::task).toList();
        return deal.shareOf(victim.worker()).stream()
                .filter(task -> !task.equals(victim.task()) && !over.contains(task));
    }

    private static List<Task> sameProfileAfter(Task first, List<Task> all) {
        return all.stream()
                .skip(all.indexOf(first) + 1L)
                .filter(task -> task.profileId().equals(first.profileId()))
                .toList();
    }

    private static List<Task> without(List<Task> some, List<Task> all) {
        return all.stream().filter(task -> !some.contains(task)).toList();
    }

    private void heard(WorkerProcess worker, WorkerLine line) {
        Task task = Objects.requireNonNull(tasks.get(line.task()), line.task());
        if (line instanceof WorkerLine.Finished finished) {
            TaskReport report = finished.report(task);
            reports.add(report);
            if (!isChecking) {
                news.finished(report);
            }
        } else if (line instanceof WorkerLine.Recovered) {
            heirs.putIfAbsent(task.profileId().orElse(""), task);
            news.recovered(task, worker.name());
        } else {
            inTheMiddle.complete(new Victim(worker, task));
        }
    }
}
