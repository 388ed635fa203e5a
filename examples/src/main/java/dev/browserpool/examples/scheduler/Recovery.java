package dev.browserpool.examples.scheduler;

import dev.browserpool.ProfileLock;
import dev.browserpool.examples.tasks.Task;

/**
 * A task got a profile whose last owner had vanished.
 *
 * @param task which
 * @param workerId the worker that runs it
 * @param from the last owner, and how far it got
 */
public record Recovery(Task task, String workerId, ProfileLock from) {
    /** The worker that vanished, or its request if it had not said who it is. */
    public String vanished() {
        return from.owner().workerId().orElse(from.owner().requestId());
    }

    /** The last step that it reached; empty text if it reached none. */
    public String checkpoint() {
        return from.progress().checkpoint().orElse("");
    }
}
