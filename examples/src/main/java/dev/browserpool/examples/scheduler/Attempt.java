package dev.browserpool.examples.scheduler;

import dev.browserpool.ConflictDecision.Action;
import dev.browserpool.examples.tasks.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A task on its way to a browser. Immutable.
 *
 * @param task which
 * @param workerId the worker that does it best; empty if any will do
 * @param due from when on it may be tried
 * @param decisions what was decided about it so far
 * @param waits whether it waits for its profile, instead of being refused
 * @param leftOut why it is not to be tried any more
 * @param firstTriedNanos the {@link System#nanoTime()} of its first try; meaningless before
 */
record Attempt(
        Task task,
        Optional<String> workerId,
        Instant due,
        List<Action> decisions,
        boolean waits,
        Optional<String> leftOut,
        long firstTriedNanos) {

    static Attempt first(Task task, Optional<String> workerId, Instant due) {
        return new Attempt(task, workerId, due, List.of(), false, Optional.empty(), 0);
    }

    /** From when on this worker may try it: its own one at once, others if it is left lying for a while. */
    Instant dueFor(String worker, Duration patience) {
        return workerId.filter(own -> !own.equals(worker)).isPresent() ? due.plus(patience) : due;
    }

    int reschedules() {
        return (int) decisions.stream().filter(Action.RESCHEDULE::equals).count();
    }

    /** The same, its clock started if this is its first try. */
    Attempt tried() {
        return decisions.isEmpty()
                ? new Attempt(task, workerId, due, decisions, waits, leftOut, System.nanoTime())
                : this;
    }

    Attempt decided(Action action) {
        List<Action> more = new ArrayList<>(decisions);
        more.add(action);
        return new Attempt(task, workerId, due, List.copyOf(more), waits, leftOut, firstTriedNanos);
    }

    Attempt dueAt(Instant when) {
        return new Attempt(task, workerId, when, decisions, waits, leftOut, firstTriedNanos);
    }

    /** The same, with a claim that waits. */
    Attempt waiting() {
        return new Attempt(task, workerId, due, decisions, true, leftOut, firstTriedNanos);
    }

    Attempt leftOut(String why) {
        return new Attempt(task, workerId, due, decisions, waits, Optional.of(why), firstTriedNanos);
    }

    Duration sinceFirstTry() {
        return Duration.ofNanos(System.nanoTime() - firstTriedNanos);
    }
}
