package dev.browserpool.examples.tasks;

import dev.browserpool.RoutedTask;
import dev.browserpool.TaskManifest;
import java.util.List;
import java.util.Optional;

/**
 * One thing to do.
 *
 * @param routed what it needs: its manifest, with account and profile filled in, and the worker that it is best done by
 * @param action what to do
 * @param items the items that the action is about
 * @param expectation how it is meant to end
 */
public record Task(RoutedTask routed, Action action, List<String> items, Expectation expectation) {
    /** Keeps a copy of the items. */
    public Task {
        items = List.copyOf(items);
    }

    /** What it needs. */
    public TaskManifest manifest() {
        return routed.task();
    }

    /** Its name, unique in its list. */
    public String taskId() {
        return manifest().taskId();
    }

    /** The account's name, if it runs on behalf of one. */
    public Optional<String> accountId() {
        return manifest().accountId();
    }

    /** The profile that it needs; empty for a task in a fresh browser that forgets everything. */
    public Optional<String> profileId() {
        return manifest().profileId();
    }
}
