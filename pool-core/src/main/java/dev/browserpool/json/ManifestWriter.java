package dev.browserpool.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.browserpool.TaskManifest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Writes a task so that it is read back as the same. */
final class ManifestWriter {
    private final JsonGenerator out;

    ManifestWriter(JsonGenerator out) {
        this.out = out;
    }

    void write(Iterable<TaskManifest> tasks) throws IOException {
        out.writeStartArray();
        for (TaskManifest task : tasks) {
            write(task);
        }
        out.writeEndArray();
    }

    void write(TaskManifest task) throws IOException {
        out.writeStartObject();
        out.writeStringField(TaskFields.TASK_ID, task.taskId());
        text(TaskFields.ACCOUNT_ID, task.accountId());
        text(TaskFields.PROFILE_ID, task.profileId());
        text(TaskFields.PROXY_ID, task.proxyId());
        out.writeStringField(TaskFields.OPERATION_TYPE, task.type().name());
        out.writeBooleanField(TaskFields.EXCLUSIVE, task.requiresExclusiveProfileLock());
        if (task.allowedActions().isPresent()) {
            actions(task.allowedActions().get());
        }
        if (task.lockTimeout().isPresent()) {
            out.writeNumberField(
                    TaskFields.LOCK_TIMEOUT, seconds(task, task.lockTimeout().get()));
        }
        out.writeBooleanField(TaskFields.HUMAN_REVIEW, task.humanReviewOnLockConflict());
        text(TaskFields.DESCRIPTION, task.description());
        out.writeEndObject();
    }

    private void text(String field, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            out.writeStringField(field, value.get());
        }
    }

    private void actions(Set<String> names) throws IOException {
        out.writeArrayFieldStart(TaskFields.ALLOWED_ACTIONS);
        for (String name : names) {
            out.writeString(name);
        }
        out.writeEndArray();
    }

    private static long seconds(TaskManifest task, Duration timeout) {
        long seconds = timeout.toSeconds();
        if (!timeout.equals(Duration.ofSeconds(seconds))) {
            throw new IllegalArgumentException("lockTimeout of task " + task.taskId() + " is " + timeout
                    + ", and JSON holds whole seconds; round it");
        }
        return seconds;
    }
}
