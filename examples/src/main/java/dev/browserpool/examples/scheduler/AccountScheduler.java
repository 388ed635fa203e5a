package dev.browserpool.examples.scheduler;

import dev.browserpool.BrowserPool;
import dev.browserpool.ConflictPolicy;
import dev.browserpool.PoolEvent;
import dev.browserpool.ProfileRecord;
import dev.browserpool.examples.tasks.Task;
import dev.browserpool.playwright.BrowserSessions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Routes tasks: task to account, account to profile, profile to worker. The pool says who may run; the scheduler decides what
 * becomes of a task whose profile is in other hands:
 *
 * <ul>
 *   <li>it is put back and tried again later, while its worker does something else;
 *   <li>or it waits in the profile's line, if that is short, or if it was put back often enough;
 *   <li>or it is put before a person, at the {@link #desk()};
 *   <li>or it is left out, and the report says why.
 * </ul>
 *
 * <p>A worker takes the task that is due for the longest. The worker that a task's route names takes it first; others only if
 * it is left lying. Nobody sleeps a fixed time, nobody polls.
 */
public final class AccountScheduler {
    private static final Duration PATIENCE_FOR_ITS_WORKER = Duration.ofSeconds(20);

    private final BrowserPool pool;
    private final BrowserSessions browsers;
    private final Set<String> crew;
    private final ConflictPolicy policy;
    private final Function<String, Optional<Path>> evidence;
    private final TaskLine line = new TaskLine(PATIENCE_FOR_ITS_WORKER, InstantSource.system());
    private final ReviewDesk desk = new ReviewDesk(line);

    /** The same with so many workers of its own naming; more than slots keeps the slots busy. */
    public AccountScheduler(
            BrowserPool pool,
            BrowserSessions browsers,
            int workers,
            ConflictPolicy policy,
            Function<String, Optional<Path>> evidence) {
        this(pool, browsers, Crew.names(workers), policy, evidence);
    }

    /**
     * A scheduler that has not started anything.
     *
     * @param browsers sessions over the same pool
     * @param crew its workers' names, unique among all that share the pool; each has one task in hand at a time
     * @param policy what to do about a conflict
     * @param evidence where the evidence of a request lies, by its id, once its session is closed
     */
    public AccountScheduler(
            BrowserPool pool,
            BrowserSessions browsers,
            Set<String> crew,
            ConflictPolicy policy,
            Function<String, Optional<Path>> evidence) {
        this.pool = pool;
        this.browsers = browsers;
        this.crew = Set.copyOf(crew);
        this.policy = policy;
        this.evidence = evidence;
        pool.addListener(this::heard);
    }

    /** Where tasks wait for a person. */
    public ReviewDesk desk() {
        return desk;
    }

    /**
     * Does all tasks and returns when the last one is over. One run at a time.
     *
     * @return a report for each, in the order in which they ended
     * @throws InterruptedException if the caller is interrupted; the workers are interrupted then
     */
    public List<TaskReport> run(List<Task> tasks, TaskWork work, List<? extends SchedulerListener> listeners)
            throws InterruptedException {
        Instant now = line.now();
        line.open(tasks.stream()
                .map(task -> Attempt.first(task, task.routed().workerId().filter(crew::contains), now))
                .toList());
        Listeners all = new Listeners(listeners);
        Workplace place = new Workplace(pool, browsers, policy, evidence, line, desk, work, all);
        Crew.work(crew, workerId -> new Worker(workerId, place).workUntilAllIsOver());
        return all.reports();
    }

    private void heard(PoolEvent event) {
        if (event instanceof PoolEvent.ProfileChanged changed
                && changed.record().kind() == ProfileRecord.Kind.CLEARED) {
            desk.cleared(changed.record().profileId());
        }
    }
}
