package dev.browserpool.examples;

import dev.browserpool.PoolEvent;
import dev.browserpool.PoolListener;
import dev.browserpool.ProfileRecord;
import dev.browserpool.examples.scheduler.Decision;
import dev.browserpool.examples.scheduler.Recovery;
import dev.browserpool.examples.scheduler.SchedulerListener;
import dev.browserpool.examples.scheduler.TaskReport;
import dev.browserpool.examples.tasks.Expectation;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows each task and each decision as it comes, above a bar. */
final class Progress implements SchedulerListener, PoolListener, AutoCloseable {
    private final Screen screen;
    private final int tasks;
    private final AtomicInteger done = new AtomicInteger();
    private final ProgressBar bar;

    Progress(Screen screen, int tasks) {
        this.screen = screen;
        this.tasks = tasks;
        this.bar = new ProgressBarBuilder()
                .setTaskName("Tasks")
                .setInitialMax(tasks)
                .setStyle(screen.symbols().bar())
                .setUpdateIntervalMillis(200)
                .setConsumer(screen)
                .build();
    }

    @Override
    public void decided(Decision decision) {
        String why = ": " + decision.profileId() + " is " + decision.conflict();
        String task = decision.task().taskId();
        switch (decision.verdict().action()) {
            case RESCHEDULE ->
                aside(
                        screen.symbols().again(),
                        task + " again in "
                                + ResultTable.seconds(Duration.between(
                                        Instant.now(), decision.verdict().at().orElseThrow()))
                                + why);
            case WAIT -> aside(screen.symbols().pause(), task + " waits in line" + why);
            case REVIEW -> aside(screen.symbols().person(), task + " waits for a person" + why);
            case SKIP -> {} // its end says so
        }
    }

    @Override
    public void recovered(Recovery recovery) {
        aside(
                screen.symbols().good(),
                recovery.task().taskId() + " recovers " + recovery.from().profileId() + " from " + recovery.vanished());
    }

    @Override
    public void on(PoolEvent event) {
        if (event instanceof PoolEvent.ProfileChanged changed) {
            ProfileRecord record = changed.record();
            aside(
                    screen.symbols().person(),
                    record.profileId() + " " + record.kind().name().toLowerCase(Locale.ROOT) + " by " + record.who()
                            + ": " + record.note());
        }
    }

    @Override
    public void finished(TaskReport report) {
        String symbol = screen.symbols().of(report.outcome());
        boolean onPurpose = report.task().expectation() != Expectation.SUCCESS && report.isAsExpected();
        screen.line(String.format(
                Locale.ROOT,
                "[%2d/%d] %s %s %-8s %s%s",
                done.incrementAndGet(),
                tasks,
                symbol,
                report.task().taskId(),
                report.task().accountId().orElse("-"),
                Screen.cut(report.result(), Screen.WIDTH - 41),
                onPurpose ? " (on purpose)" : ""));
        bar.step();
    }

    @Override
    public void close() {
        bar.close();
    }

    /** A line about something else than the end of a task. */
    void aside(String symbol, String text) {
        screen.line("        " + symbol + " " + Screen.cut(text, Screen.WIDTH - 10));
    }
}
