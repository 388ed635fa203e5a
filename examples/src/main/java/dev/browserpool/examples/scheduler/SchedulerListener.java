package dev.browserpool.examples.scheduler;

/** Hears what a scheduler does. Called on worker threads, several at once; must not block. */
public interface SchedulerListener {
    /** A task met a profile that is in other hands. */
    default void decided(Decision decision) {}

    /** A task got a profile that somebody else had left behind. */
    default void recovered(Recovery recovery) {}

    /** A task is over, well or not. */
    default void finished(TaskReport report) {}
}
