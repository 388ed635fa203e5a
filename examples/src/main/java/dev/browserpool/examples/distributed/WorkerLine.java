package dev.browserpool.examples.distributed;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.browserpool.ConflictDecision.Action;
import dev.browserpool.examples.scheduler.TaskReport;
import dev.browserpool.examples.scheduler.TaskReport.Outcome;
import dev.browserpool.examples.tasks.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a worker's JVM says, a line of its standard output for each. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "line")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WorkerLine.InTheMiddle.class, name = "in_the_middle"),
    @JsonSubTypes.Type(value = WorkerLine.Recovered.class, name = "recovered"),
    @JsonSubTypes.Type(value = WorkerLine.Finished.class, name = "finished"),
    @JsonSubTypes.Type(value = WorkerLine.Idle.class, name = "idle")
})
public sealed interface WorkerLine {

    /** The name of the task that it is about; empty text if it is about none. */
    String task();

    /**
     * A task that is not meant to end has done its work, and holds on to its browser.
     *
     * @param task its name
     */
    record InTheMiddle(String task) implements WorkerLine {}

    /**
     * A task got a profile whose last owner had vanished.
     *
     * @param task its name
     */
    record Recovered(String task) implements WorkerLine {}

    /**
     * A task is over.
     *
     * @param task its name
     * @param worker the worker that ran it
     * @param decisions what was decided about conflicts
     * @param waitedMillis how long it waited for slot and profile
     * @param ranMillis how long it held them
     * @param outcome how it ended
     * @param result one line about that
     * @param evidence where the evidence of a failure lies; empty text if there is none
     */
    record Finished(
            String task,
            String worker,
            List<Action> decisions,
            long waitedMillis,
            long ranMillis,
            Outcome outcome,
            String result,
            String evidence)
            implements WorkerLine {

        /** The line for a report. */
        public static Finished of(TaskReport report) {
            return new Finished(
                    report.task().taskId(),
                    report.workerId(),
                    report.decisions(),
                    report.waited().toMillis(),
                    report.ran().toMillis(),
                    report.outcome(),
                    report.result(),
                    report.evidence().map(Path::toString).orElse(""));
        }

        /** The report of this task. */
        TaskReport report(Task of) {
            return new TaskReport(
                    of,
                    worker,
                    decisions,
                    Duration.ofMillis(waitedMillis),
                    Duration.ofMillis(ranMillis),
                    outcome,
                    result,
                    evidence.isEmpty() ? Optional.empty() : Optional.of(Path.of(evidence)));
        }
    }

    /** All tasks of a batch are over. */
    record Idle() implements WorkerLine {
        @Override
        public String task() {
            return "";
        }
    }
}
