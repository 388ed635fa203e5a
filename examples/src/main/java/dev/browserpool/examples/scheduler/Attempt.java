package dev.browserpool.examples.scheduler;

import dev.browserpool.examples.tasks.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A task on its way to a browser.
 *
 * @param task which
 * @param decisions what was decided about it so far
 * @param firstTriedAt the {@link System#nanoTime()} of its first try; meaningless before
 */
record Attempt(Task task, List<Decision.Kind> decisions, long firstTriedAt) {
    static Attempt first(Task task) {
        return new Attempt(task, List.of(), 0);
    }

    boolean wasRefused() {
        return !decisions.isEmpty();
    }

    /** The same attempt, its clock started if this is the first try. */
    Attempt tried() {
        return wasRefused() ? this : new Attempt(task, decisions, System.nanoTime());
    }

    Attempt decided(Decision.Kind kind) {
        List<Decision.Kind> more = new ArrayList<>(decisions);
        more.add(kind);
        return new Attempt(task, List.copyOf(more), firstTriedAt);
    }

    Duration sinceFirstTry() {
        return Duration.ofNanos(System.nanoTime() - firstTriedAt);
    }
}
