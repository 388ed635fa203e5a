package dev.browserpool.examples.tasks;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file as it is written: every field may still be missing. Each entry knows its line. */
record TaskDocument(
        @JsonProperty("accounts") @JsonDeserialize(contentUsing = Located.OfAccount.class) @Nullable
        List<Located<AccountEntry>> accounts,

        @JsonProperty("tasks") @JsonDeserialize(contentUsing = Located.OfTask.class) @Nullable
        List<Located<TaskEntry>> tasks) {

    record AccountEntry(
            @JsonProperty("account_id") @Nullable String accountId,
            @JsonProperty("profile_id") @Nullable String profileId,
            @JsonProperty("worker_id") @Nullable String workerId) {}

    /** The fields of a task manifest, and below them those that only the demo knows. */
    record TaskEntry(
            @JsonProperty("task_id") @Nullable String taskId,
            @JsonProperty("account_id") @Nullable String accountId,
            @JsonProperty("profile_id") @Nullable String profileId,
            @JsonProperty("operation_type") @Nullable String operationType,

            @JsonProperty("requires_exclusive_profile_lock") @Nullable
            Boolean exclusive,

            @JsonProperty("allowed_actions") @Nullable List<String> allowedActions,
            @JsonProperty("lock_timeout_seconds") @Nullable Integer lockTimeoutSeconds,

            @JsonProperty("human_review_on_lock_conflict") @Nullable
            Boolean humanReview,

            @JsonProperty("description") @Nullable String description,
            @JsonProperty("action") @Nullable Action action,
            @JsonProperty("items") @Nullable List<String> items,
            @JsonProperty("expect") @Nullable Expectation expect) {}
}
