package dev.browserpool.examples;

import dev.browserpool.examples.distributed.DistributedScheduler;
import dev.browserpool.examples.distributed.Killing;
import dev.browserpool.examples.scheduler.TaskReport;
import dev.browserpool.examples.tasks.Task;

/** Shows what happens in a run over several JVMs, as it happens. */
final class DistributedNews implements DistributedScheduler.News {
    private final Screen screen;
    private final Progress progress;

    DistributedNews(Screen screen, Progress progress) {
        this.screen = screen;
        this.progress = progress;
    }

    @Override
    public void finished(TaskReport report) {
        progress.finished(report);
    }

    @Override
    public void recovered(Task task, String workerId) {
        progress.aside(
                screen.symbols().good(),
                workerId + " recovers " + task.profileId().orElse("") + " for " + task.taskId());
    }

    @Override
    public void killed(Killing killing) {
        progress.aside(
                screen.symbols().bad(),
                killing.workerId() + ", process " + killing.processId() + ", is killed with -9 in the middle of "
                        + killing.task().taskId());
    }

    @Override
    public void givenUp(Killing killing) {
        progress.aside(
                screen.symbols().pause(),
                killing.workerId() + " has been silent for too long: its lease is taken back");
    }

    @Override
    public void passed(Killing killing) {
        progress.aside(screen.symbols().again(), "slot and profile of " + killing.workerId() + " are free again");
    }
}
