package dev.browserpool.examples.scheduler;

import dev.browserpool.examples.tasks.Task;
import dev.browserpool.playwright.BrowserSession;

/** What a task does in its browser. Called on a worker's thread; several at once for different tasks. */
@FunctionalInterface
public interface TaskWork {
    /**
     * Does the work.
     *
     * @return a few words about the result
     * @throws PersonNeededException if nobody should use the profile until a person has looked at it
     * @throws Exception if the task failed
     */
    String perform(Task task, BrowserSession session) throws Exception;
}
