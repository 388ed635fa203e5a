package dev.browserpool.examples.tasks;

import dev.browserpool.OperationType;
import dev.browserpool.TaskManifest;
import dev.browserpool.examples.tasks.TaskDocument.TaskEntry;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** From what is written of a task to its manifest. */
final class Manifests {
    private static final int DEFAULT_LOCK_TIMEOUT_SECONDS = 120;

    private Manifests() {}

    /** Refuses a value that a manifest refuses, with an {@link IllegalArgumentException}. */
    static TaskManifest of(String taskId, Action action, TaskEntry entry) {
        TaskManifest.Builder task = TaskManifest.builder(taskId)
                .lockTimeout(lockTimeout(entry))
                .description(Optional.ofNullable(entry.description()).orElseGet(() -> inWords(action, entry)));
        Optional.ofNullable(entry.accountId()).ifPresent(task::accountId);
        Optional.ofNullable(entry.profileId()).ifPresent(task::profileId);
        Optional.ofNullable(entry.operationType()).map(OperationType::new).ifPresent(task::type);
        Optional.ofNullable(entry.exclusive()).ifPresent(task::requiresExclusiveProfileLock);
        Optional.ofNullable(entry.allowedActions()).map(LinkedHashSet::new).ifPresent(task::allowedActions);
        Optional.ofNullable(entry.humanReview()).ifPresent(task::humanReviewOnLockConflict);
        return task.build();
    }

    private static Duration lockTimeout(TaskEntry entry) {
        int seconds = Optional.ofNullable(entry.lockTimeoutSeconds()).orElse(DEFAULT_LOCK_TIMEOUT_SECONDS);
        if (seconds < 1) {
            throw new IllegalArgumentException("lock_timeout_seconds is " + seconds + ", but must be at least 1");
        }
        return Duration.ofSeconds(seconds);
    }

    private static String inWords(Action action, TaskEntry entry) {
        List<String> items = Optional.ofNullable(entry.items()).orElse(List.of());
        return (action.name().toLowerCase(Locale.ROOT) + " " + String.join(" ", items)).strip();
    }
}
