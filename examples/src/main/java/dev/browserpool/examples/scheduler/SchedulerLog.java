package dev.browserpool.examples.scheduler;

import dev.browserpool.PoolEvent;
import dev.browserpool.PoolListener;
import dev.browserpool.ProfileRecord;
import dev.browserpool.examples.tasks.Task;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes down what a scheduler did, each thing in one line with key-values, beside the pool's own lines about conflicts: {@code
 * event} is {@code task_rescheduled}, {@code task_waits}, {@code task_reviewed}, {@code task_skipped}, {@code task_ended}, {@code
 * profile_recovered}, or {@code profile_} with what was done: {@code quarantined}, {@code cleared}, {@code checked_out}, {@code
 * extended}, {@code checked_in}.
 */
public final class SchedulerLog implements SchedulerListener, PoolListener {
    private static final Logger log = LoggerFactory.getLogger(SchedulerLog.class);

    @Override
    public void decided(Decision decision) {
        String event = switch (decision.verdict().action()) {
            case WAIT -> "task_waits";
            case RESCHEDULE -> "task_rescheduled";
            case SKIP -> "task_skipped";
            case REVIEW -> "task_reviewed";
        };
        task(event, decision.task(), decision.workerId())
                .addKeyValue("conflict", decision.conflict())
                .addKeyValue("why", decision.verdict().why())
                .addKeyValue("next_try_at", orEmpty(decision.verdict().at()))
                .log(event);
    }

    @Override
    public void recovered(Recovery recovery) {
        task("profile_recovered", recovery.task(), recovery.workerId())
                .addKeyValue("from_task_id", recovery.from().owner().taskId().orElse(""))
                .addKeyValue("from_worker_id", recovery.vanished())
                .addKeyValue("last_checkpoint", recovery.checkpoint())
                .log("profile_recovered");
    }

    @Override
    public void finished(TaskReport report) {
        task("task_ended", report.task(), report.workerId())
                .addKeyValue("outcome", lower(report.outcome()))
                .addKeyValue("result", report.result())
                .addKeyValue("waited_millis", report.waited().toMillis())
                .addKeyValue("ran_millis", report.ran().toMillis())
                .addKeyValue("evidence", orEmpty(report.evidence()))
                .log("task_ended");
    }

    /** What people and programs do to a profile through this pool. */
    @Override
    public void on(PoolEvent event) {
        if (event instanceof PoolEvent.ProfileChanged changed) {
            ProfileRecord record = changed.record();
            String name = "profile_" + lower(record.kind());
            log.atInfo()
                    .addKeyValue("event", name)
                    .addKeyValue("profile_id", record.profileId())
                    .addKeyValue("who", record.who())
                    .addKeyValue("note", record.note())
                    .log(name);
        }
    }

    private static LoggingEventBuilder task(String event, Task task, String workerId) {
        return log.atInfo()
                .addKeyValue("event", event)
                .addKeyValue("task_id", task.taskId())
                .addKeyValue("worker_id", workerId)
                .addKeyValue("profile_id", task.profileId().orElse(""));
    }

    private static String orEmpty(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
