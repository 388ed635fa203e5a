package dev.browserpool.examples.tasks;

import java.util.List;

/**
 * A task file that was read and found good.
 *
 * @param accounts all accounts of the file
 * @param tasks in the order of the file
 */
public record TaskList(List<Account> accounts, List<Task> tasks) {
    /** Keeps copies. */
    public TaskList {
        accounts = List.copyOf(accounts);
        tasks = List.copyOf(tasks);
    }
}
