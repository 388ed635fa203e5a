package dev.browserpool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.browserpool.BrowserPool;
import dev.browserpool.examples.distributed.Batch;
import dev.browserpool.examples.distributed.Handover;
import dev.browserpool.examples.distributed.Lines;
import dev.browserpool.examples.distributed.SharedPool;
import dev.browserpool.examples.distributed.WorkerLine;
import dev.browserpool.examples.log.RunLog;
import dev.browserpool.examples.scheduler.AccountScheduler;
import dev.browserpool.examples.scheduler.Recovery;
import dev.browserpool.examples.scheduler.SchedulerListener;
import dev.browserpool.examples.scheduler.SchedulerLog;
import dev.browserpool.examples.scheduler.TaskReport;
import dev.browserpool.examples.scheduler.TaskWork;
import dev.browserpool.examples.tasks.Expectation;
import dev.browserpool.examples.tasks.Task;
import dev.browserpool.examples.tasks.TaskList;
import dev.browserpool.playwright.BrowserSession;
import dev.browserpool.playwright.BrowserSessions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * One worker in a JVM of its own: the same scheduler as in one JVM, over a pool in Redis. Its orders come as the first line of its
 * standard input, its work as the lines after; what it has to say goes to its standard output, line by line.
 */
final class WorkerJvm implements SchedulerListener {
    private static final Duration BUDGET = Duration.ofSeconds(2);

    private final Orders orders;
    private final PrintStream out;
    private final Map<String, Task> tasks = new HashMap<>();

    private WorkerJvm(Orders orders, TaskList list, PrintStream out) {
        this.orders = orders;
        this.out = out;
        list.tasks().forEach(task -> tasks.put(task.taskId(), task));
        Audits.of(list).forEach(task -> tasks.put(task.taskId(), task));
    }

    /** Works until its standard input ends. */
    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        // What libraries print must not come between the lines.
        System.setOut(System.err);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        Orders orders = Lines.read(in.readLine(), Orders.class);
        new WorkerJvm(orders, orders.list(), out).work(new Inbox(in));
    }

    private void work(Inbox inbox) throws InterruptedException {
        DemoSessions sessions = new DemoSessions(orders.paths(), orders.headed(), BUDGET, BUDGET);
        SchedulerLog lines = new SchedulerLog();
        try (RunLog log = RunLog.to(orders.paths().log());
                BrowserPool pool = SharedPool.join(orders.redis(), orders.slots());
                BrowserSessions browsers = sessions.over(pool)) {
            pool.addListener(lines);
            AccountScheduler scheduler =
                    new AccountScheduler(pool, browsers, Set.of(orders.worker()), TaskRun.POLICY, sessions::evidenceOf);
            for (Optional<Batch> next = inbox.take(); next.isPresent(); next = inbox.take()) {
                Batch batch = next.get();
                ShopErrands errands = new ShopErrands(orders.shop(), Carts.holding(batch.carts()));
                scheduler.run(batch.tasks().stream().map(tasks::get).toList(), work(errands), List.of(lines, this));
                inbox.done();
                say(new WorkerLine.Idle());
            }
        }
    }

    /** A task that is meant to vanish does its work, and keeps its browser until this JVM is killed. */
    private TaskWork work(ShopErrands errands) {
        return (task, session) -> {
            String result = errands.perform(task, session);
            if (task.expectation() == Expectation.VANISH) {
                holdOn(task, session);
            }
            return result;
        };
    }

    private void holdOn(Task task, BrowserSession session) throws InterruptedException {
        session.checkpoint(Handover.LAST_CHECKPOINT);
        say(new WorkerLine.InTheMiddle(task.taskId()));
        new CountDownLatch(1).await();
    }

    @Override
    public void recovered(Recovery recovery) {
        say(new WorkerLine.Recovered(recovery.task().taskId()));
    }

    @Override
    public void finished(TaskReport report) {
        say(WorkerLine.Finished.of(report));
    }

    private void say(WorkerLine line) {
        out.println(Lines.write(line));
        out.flush();
    }
}
