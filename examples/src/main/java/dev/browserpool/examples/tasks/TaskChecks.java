package dev.browserpool.examples.tasks;

import dev.browserpool.OperationType;
import dev.browserpool.ProfileClaim;
import dev.browserpool.examples.tasks.TaskDocument.AccountEntry;
import dev.browserpool.examples.tasks.TaskDocument.Expectation;
import dev.browserpool.examples.tasks.TaskDocument.TaskEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of a task list that are about more than one field: what must be there, be unique, and fit together. */
final class TaskChecks {
    private static final int DEFAULT_LOCK_TIMEOUT_SECONDS = 120;

    private final String fileName;
    private final Map<String, Located<Account>> accounts = new LinkedHashMap<>();
    private final Map<String, Located<Account>> profiles = new LinkedHashMap<>();
    private final Map<String, Located<Task>> tasks = new LinkedHashMap<>();

    TaskChecks(String fileName) {
        this.fileName = fileName;
    }

    TaskList check(TaskDocument document) throws TaskFileException {
        for (Located<AccountEntry> entry : required(1, "accounts", document.accounts())) {
            addAccount(entry.line(), entry.value());
        }
        for (Located<TaskEntry> entry : required(1, "tasks", document.tasks())) {
            addTask(entry.line(), entry.value());
        }
        if (tasks.isEmpty()) {
            throw new TaskFileException(fileName + " has no tasks");
        }
        return new TaskList(values(accounts.values()), values(tasks.values()));
    }

    private void addAccount(int line, AccountEntry entry) throws TaskFileException {
        String accountId = required(line, "account_id", entry.accountId());
        String profileId = required(line, "profile_id", entry.profileId());
        try {
            ProfileClaim.exclusive(profileId);
        } catch (IllegalArgumentException e) {
            throw wrong(line, e.getMessage());
        }
        Located<Account> account = new Located<>(line, new Account(accountId, profileId));
        unique(line, "account", accountId, accounts.putIfAbsent(accountId, account));
        unique(line, "profile", profileId, profiles.putIfAbsent(profileId, account));
    }

    private void addTask(int line, TaskEntry entry) throws TaskFileException {
        String taskId = required(line, "task_id", entry.taskId());
        Action action = required(line, "action", entry.action());
        List<String> items = entry.items() == null ? List.of() : entry.items();
        if (action.isWithItems() == items.isEmpty()) {
            throw wrong(line, "task '" + taskId + "' needs " + (items.isEmpty() ? "items" : "no items"));
        }
        Task task = new Task(
                taskId,
                type(line, entry),
                action,
                account(line, taskId, action, entry),
                items,
                maxDuration(line, entry.lockTimeoutSeconds()),
                entry.expect() == Expectation.FAILURE);
        unique(line, "task", taskId, tasks.putIfAbsent(taskId, new Located<>(line, task)));
    }

    private OperationType type(int line, TaskEntry entry) throws TaskFileException {
        try {
            return new OperationType(required(line, "type", entry.type()));
        } catch (IllegalArgumentException e) {
            throw wrong(line, e.getMessage());
        }
    }

    private Optional<Account> account(int line, String taskId, Action action, TaskEntry entry)
            throws TaskFileException {
        if (action.isForAccount() != (entry.accountId() != null)) {
            throw wrong(line, "task '" + taskId + "' needs " + (action.isForAccount() ? "an" : "no") + " account_id");
        }
        Optional<Account> account = Optional.empty();
        if (entry.accountId() != null) {
            Located<Account> known = accounts.get(entry.accountId());
            if (known == null) {
                throw wrong(line, "unknown account '" + entry.accountId() + "'; known are " + accounts.keySet());
            }
            account = Optional.of(known.value());
        }
        String profile = entry.profileId();
        if (profile != null && !profile.equals(account.map(Account::profileId).orElse(null))) {
            throw wrong(line, "profile '" + profile + "' of task '" + taskId + "' does not belong to its account");
        }
        return account;
    }

    private Duration maxDuration(int line, @Nullable Integer seconds) throws TaskFileException {
        if (seconds != null && seconds < 1) {
            throw wrong(line, "lock_timeout_seconds is " + seconds + ", but must be at least 1");
        }
        return Duration.ofSeconds(seconds == null ? DEFAULT_LOCK_TIMEOUT_SECONDS : seconds);
    }

    private void unique(int line, String what, String id, @Nullable Located<?> earlier) throws TaskFileException {
        if (earlier != null) {
            throw wrong(line, what + " '" + id + "' is there twice, first on line " + earlier.line());
        }
    }

    private <T> T required(int line, String field, @Nullable T value) throws TaskFileException {
        if (value == null || value.equals("")) {
            throw wrong(line, "field '" + field + "' is missing");
        }
        return value;
    }

    private TaskFileException wrong(int line, @Nullable String what) {
        return new TaskFileException(fileName + ", line " + line + ": " + what);
    }

    private static <T> List<T> values(Collection<Located<T>> located) {
        List<T> values = new ArrayList<>();
        located.forEach(entry -> values.add(entry.value()));
        return values;
    }
}
