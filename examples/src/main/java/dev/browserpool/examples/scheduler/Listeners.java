package dev.browserpool.examples.scheduler;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Tells all listeners, and keeps the reports of a run. */
final class Listeners implements SchedulerListener {
    private final List<SchedulerListener> all;
    private final Queue<TaskReport> reports = new ConcurrentLinkedQueue<>();

    Listeners(List<? extends SchedulerListener> all) {
        this.all = List.copyOf(all);
    }

    /** In the order in which the tasks ended. */
    List<TaskReport> reports() {
        return List.copyOf(reports);
    }

    @Override
    public void decided(Decision decision) {
        all.forEach(listener -> listener.decided(decision));
    }

    @Override
    public void recovered(Recovery recovery) {
        all.forEach(listener -> listener.recovered(recovery));
    }

    @Override
    public void finished(TaskReport report) {
        reports.add(report);
        all.forEach(listener -> listener.finished(report));
    }
}
