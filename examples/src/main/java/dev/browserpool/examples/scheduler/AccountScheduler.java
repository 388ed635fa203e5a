package dev.browserpool.examples.scheduler;

import dev.browserpool.BrowserPool;
import dev.browserpool.examples.tasks.Task;
import dev.browserpool.playwright.BrowserSessions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Routes tasks: task to account, account to profile, profile to whichever worker is free. The pool says who may run; the
 * scheduler only decides what to do about a busy profile. The first time it puts the task back and takes the next one, so that
 * its worker has something to do; the second time it waits in the profile's line, so that every task is done in the end.
 */
public final class AccountScheduler {
    private final BrowserPool pool;
    private final BrowserSessions browsers;
    private final int workers;
    private final Function<String, Optional<Path>> evidence;

    /**
     * A scheduler that has not started anything.
     *
     * @param browsers sessions over the same pool
     * @param workers how many tasks to have in hand at once; more than slots keeps the slots busy
     * @param evidence where the evidence of a request lies, by its id, once its session is closed
     */
    public AccountScheduler(
            BrowserPool pool, BrowserSessions browsers, int workers, Function<String, Optional<Path>> evidence) {
        this.pool = pool;
        this.browsers = browsers;
        this.workers = workers;
        this.evidence = evidence;
    }

    /**
     * Does all tasks and returns when the last one is over.
     *
     * @return a report for each, in the order in which they ended
     * @throws InterruptedException if the caller is interrupted; the workers are interrupted then
     */
    public List<TaskReport> run(List<Task> tasks, TaskWork work, SchedulerListener listener)
            throws InterruptedException {
        Queue<Attempt> line = new ConcurrentLinkedQueue<>();
        tasks.forEach(task -> line.add(Attempt.first(task)));
        ReportBook book = new ReportBook(listener);
        Workplace place = new Workplace(pool, browsers, evidence, line, work, book);
        Crew.work(workers, workerId -> new Worker(workerId, place).workUntilNothingIsLeft());
        return book.reports();
    }
}
