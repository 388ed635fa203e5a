package dev.browserpool.examples.scheduler;

/** Hears what a scheduler does. Called on worker threads, several at once. */
public interface SchedulerListener {
    /** Somebody who does not want to know. */
    SchedulerListener SILENT = new SchedulerListener() {
        @Override
        public void decided(Decision decision) {}

        @Override
        public void finished(TaskReport report) {}
    };

    /** A task met a busy profile. */
    void decided(Decision decision);

    /** A task is over, well or not. */
    void finished(TaskReport report);
}
