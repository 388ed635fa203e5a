package dev.browserpool.examples.tasks;

import dev.browserpool.AccountRouter;
import dev.browserpool.AccountRouter.Route;
import dev.browserpool.RoutedTask;
import dev.browserpool.TaskManifest;
import dev.browserpool.UnroutableTaskException;
import dev.browserpool.examples.tasks.TaskDocument.AccountEntry;
import dev.browserpool.examples.tasks.TaskDocument.TaskEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of a task list that are about more than one field: what must be there, be unique, and fit together. */
final class TaskChecks {
    private final String fileName;
    private final Map<String, Integer> lines = new HashMap<>();

    TaskChecks(String fileName) {
        this.fileName = fileName;
    }

    TaskList check(TaskDocument document) throws TaskFileException {
        AccountRouter.Builder routes = AccountRouter.builder();
        for (Located<AccountEntry> entry : required(1, "accounts", document.accounts())) {
            routes.route(route(entry.line(), entry.value()));
        }
        AccountRouter router = routes.build();
        List<Task> tasks = new ArrayList<>();
        for (Located<TaskEntry> entry : required(1, "tasks", document.tasks())) {
            tasks.add(task(entry.line(), entry.value(), router));
        }
        if (tasks.isEmpty()) {
            throw new TaskFileException(fileName + " has no tasks");
        }
        return new TaskList(router, tasks);
    }

    private Route route(int line, AccountEntry entry) throws TaskFileException {
        String accountId = required(line, "account_id", entry.accountId());
        String profileId = required(line, "profile_id", entry.profileId());
        unique(line, "account", accountId);
        unique(line, "profile", profileId);
        try {
            Route route = Route.of(accountId, profileId);
            return Optional.ofNullable(entry.workerId())
                    .map(route::withWorkerId)
                    .orElse(route);
        } catch (IllegalArgumentException e) {
            throw wrong(line, e.getMessage());
        }
    }

    private Task task(int line, TaskEntry entry, AccountRouter router) throws TaskFileException {
        String taskId = required(line, "task_id", entry.taskId());
        Action action = required(line, "action", entry.action());
        List<String> items = entry.items() == null ? List.of() : entry.items();
        if (action.isWithItems() == items.isEmpty()) {
            throw wrong(line, "task '" + taskId + "' needs " + (items.isEmpty() ? "items" : "no items"));
        }
        boolean hasAccount = entry.accountId() != null || entry.profileId() != null;
        if (action.isForAccount() != hasAccount) {
            throw wrong(line, "task '" + taskId + "' needs " + (hasAccount ? "no" : "an") + " account_id");
        }
        unique(line, "task", taskId);
        try {
            TaskManifest manifest = Manifests.of(taskId, action, entry);
            RoutedTask routed =
                    hasAccount ? router.route(manifest) : new RoutedTask(manifest, Optional.empty(), Optional.empty());
            return new Task(
                    routed, action, items, Optional.ofNullable(entry.expect()).orElse(Expectation.SUCCESS));
        } catch (IllegalArgumentException | UnroutableTaskException e) {
            throw wrong(line, e.getMessage());
        }
    }

    private void unique(int line, String what, String id) throws TaskFileException {
        Integer earlier = lines.putIfAbsent(what + " " + id, line);
        if (earlier != null) {
            throw wrong(line, what + " '" + id + "' is there twice, first on line " + earlier);
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
}
