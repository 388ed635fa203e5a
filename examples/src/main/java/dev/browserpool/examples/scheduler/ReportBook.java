package dev.browserpool.examples.scheduler;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps the reports of a run and passes everything on. */
final class ReportBook implements SchedulerListener {
    private final SchedulerListener next;
    private final Queue<TaskReport> reports = new ConcurrentLinkedQueue<>();

    ReportBook(SchedulerListener next) {
        this.next = next;
    }

    /** In the order in which the tasks ended. */
    List<TaskReport> reports() {
        return List.copyOf(reports);
    }

    @Override
    public void decided(Decision decision) {
        next.decided(decision);
    }

    @Override
    public void finished(TaskReport report) {
        reports.add(report);
        next.finished(report);
    }
}
