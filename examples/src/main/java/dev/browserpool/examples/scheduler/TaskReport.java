package dev.browserpool.examples.scheduler;

import dev.browserpool.ConflictDecision;
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
 * @param decisions what was decided when its profile was in other hands, in order
 * @param waited from the time it was first due until it had slot and profile
 * @param ran how long it held them
 * @param outcome how it ended
 * @param result what its work said, or why it failed or was left out: one line
 * @param evidence where the evidence of a failure lies
 */
public record TaskReport(
        Task task,
        String workerId,
        List<ConflictDecision.Action> decisions,
        Duration waited,
        Duration ran,
        Outcome outcome,
        String result,
        Optional<Path> evidence) {

    /** How a task can end. */
    public enum Outcome {
        /** Its work returned. */
        DONE,
        /** Its work, or the way to it, threw. */
        FAILED,
        /** It was not tried any more. */
        LEFT_OUT
    }

    /** Keeps a copy. */
    public TaskReport {
        decisions = List.copyOf(decisions);
    }

    /** Whether it ended as its task file says it should. */
    public boolean isAsExpected() {
        return outcome
                == switch (task.expectation()) {
                    case SUCCESS -> Outcome.DONE;
                    case FAILURE, REVIEW, VANISH -> Outcome.FAILED;
                    case SKIP -> Outcome.LEFT_OUT;
                };
    }
}
