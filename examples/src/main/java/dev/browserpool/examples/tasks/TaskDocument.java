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
            @JsonProperty("profile_id") @Nullable String profileId) {}

    record TaskEntry(
            @JsonProperty("task_id") @Nullable String taskId,
            @JsonProperty("account_id") @Nullable String accountId,
            @JsonProperty("profile_id") @Nullable String profileId,
            @JsonProperty("type") @Nullable String type,
            @JsonProperty("action") @Nullable Action action,
            @JsonProperty("items") @Nullable List<String> items,
            @JsonProperty("lock_timeout_seconds") @Nullable Integer lockTimeoutSeconds,
            @JsonProperty("expect") @Nullable Expectation expect) {}

    enum Expectation {
        @JsonProperty("success")
        SUCCESS,
        @JsonProperty("failure")
        FAILURE
    }
}
