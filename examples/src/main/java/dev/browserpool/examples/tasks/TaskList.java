package dev.browserpool.examples.tasks;

import dev.browserpool.AccountRouter;
import dev.browserpool.AccountRouter.Route;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A task file that was read and found good.
 *
 * @param router which account uses which profile, on which worker
 * @param tasks in the order of the file, each of them routed
 */
public record TaskList(AccountRouter router, List<Task> tasks) {
    /** Keeps a copy. */
    public TaskList {
        tasks = List.copyOf(tasks);
    }

    /** What workers do: all tasks but those whose worker vanishes. */
    public List<Task> toDo() {
        return tasks.stream()
                .filter(task -> task.expectation() != Expectation.VANISH)
                .toList();
    }

    /** The tasks that are meant to end so. */
    public List<Task> tasksThatExpect(Expectation expectation) {
        return tasks.stream().filter(task -> task.expectation() == expectation).toList();
    }

    /** The routes that a task takes, in the order of the file. */
    public List<Route> routesInUse() {
        Set<String> profiles =
                tasks.stream().map(Task::profileId).flatMap(Optional::stream).collect(Collectors.toSet());
        return router.routes().stream()
                .filter(route -> profiles.contains(route.profileId()))
                .toList();
    }
}
