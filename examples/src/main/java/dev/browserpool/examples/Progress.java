package dev.browserpool.examples;

import dev.browserpool.examples.scheduler.Decision;
import dev.browserpool.examples.scheduler.SchedulerListener;
import dev.browserpool.examples.scheduler.TaskReport;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows each task and each decision as it comes, above a bar. */
final class Progress implements SchedulerListener, AutoCloseable {
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
        String symbol = switch (decision.kind()) {
            case RESCHEDULED -> screen.symbols().again();
            case WAITED -> screen.symbols().pause();
        };
        String what = switch (decision.kind()) {
            case RESCHEDULED -> "rescheduled";
            case WAITED -> "waits in line";
        };
        screen.line("        " + symbol + " " + decision.task().taskId() + " " + what + ": " + decision.profileId()
                + " is in use (" + decision.holder() + ")");
    }

    @Override
    public void finished(TaskReport report) {
        String symbol =
                report.succeeded() ? screen.symbols().good() : screen.symbols().bad();
        String expected = report.task().failureExpected() && !report.succeeded() ? " (on purpose)" : "";
        screen.line(String.format(
                Locale.ROOT,
                "[%2d/%d] %s %s %-8s %s%s",
                done.incrementAndGet(),
                tasks,
                symbol,
                report.task().taskId(),
                report.task().accountId().orElse("-"),
                report.result(),
                expected));
        bar.step();
    }

    @Override
    public void close() {
        bar.close();
    }
}
