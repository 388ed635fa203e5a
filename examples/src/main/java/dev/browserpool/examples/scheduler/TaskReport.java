package dev.browserpool.examples.scheduler;

import dev.browserpool.examples.tasks.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a task ended.
 *
 * @param task which
 * @param workerId the worker that ran it, or tried to
 * @param decisions what was decided when it met a busy profile, in order
 * @param waited from the first try until it had slot and profile
 * @param ran how long it held them
 * @param succeeded whether its work returned
 * @param result what its work said, or why it failed: one line
 * @param evidence where the evidence of a failure lies
 */
public record TaskReport(
        Task task,
        String workerId,
        List<Decision.Kind> decisions,
        Duration waited,
        Duration ran,
        boolean succeeded,
        String result,
        Optional<Path> evidence) {
    /** Keeps a copy. */
    public TaskReport {
        decisions = List.copyOf(decisions);
    }

    /** Whether it ended as its task file says it should. */
    public boolean isAsExpected() {
        return succeeded != task.failureExpected();
    }
}
