package dev.browserpool.examples.tasks;

import dev.browserpool.OperationType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One thing to do.
 *
 * @param taskId its name, unique in its list
 * @param type the kind of work, for the pool's status
 * @param action what to do
 * @param account on whose behalf; empty for a task in a fresh browser that forgets everything
 * @param items the items that the action is about
 * @param maxDuration how long it may hold its browser and profile
 * @param failureExpected whether it fails on purpose
 */
public record Task(
        String taskId,
        OperationType type,
        Action action,
        Optional<Account> account,
        List<String> items,
        Duration maxDuration,
        boolean failureExpected) {
    /** Keeps a copy of the items. */
    public Task {
        items = List.copyOf(items);
    }

    /** The account's name, if it runs on behalf of one. */
    public Optional<String> accountId() {
        return account.map(Account::accountId);
    }

    /** The profile that it needs, if any. */
    public Optional<String> profileId() {
        return account.map(Account::profileId);
    }
}
