package dev.browserpool.examples;

import dev.browserpool.AccountRouter.Route;
import dev.browserpool.OperationType;
import dev.browserpool.TaskManifest;
import dev.browserpool.examples.tasks.Action;
import dev.browserpool.examples.tasks.Expectation;
import dev.browserpool.examples.tasks.Task;
import dev.browserpool.examples.tasks.TaskList;
import java.util.List;
import java.util.Set;

/** The last look into every cart, when the tasks are done. */
final class Audits {
    private Audits() {}

    /** One for each account that a task is about. */
    static List<Task> of(TaskList list) {
        return list.routesInUse().stream()
                .map(Route::accountId)
                .map(account -> audit(list, account))
                .toList();
    }

    private static Task audit(TaskList list, String accountId) {
        TaskManifest manifest = TaskManifest.builder("audit_" + accountId)
                .accountId(accountId)
                .type(OperationType.TEST_RUN)
                .allowedActions(Set.of("sign_in", "read_cart"))
                .build();
        return new Task(list.router().route(manifest), Action.READ_CART, List.of(), Expectation.SUCCESS);
    }
}
