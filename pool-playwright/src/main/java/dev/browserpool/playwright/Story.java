package dev.browserpool.playwright;

import dev.browserpool.SlotState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What the holder said about a session while it ran. Read by other threads when it is taken back. */
final class Story {
    private static final int MOST = 1_000;
    private final long startNanos = System.nanoTime();
    private final Map<String, String> notes = new ConcurrentSkipListMap<>();
    private final List<Checkpoint> checkpoints = new CopyOnWriteArrayList<>();
    private volatile boolean completed;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable FailureCause cause;

    /**
     * A step that was reached.
     *
     * @param step its name
     * @param afterMillis how long after the opening
     */
    record Checkpoint(String step, long afterMillis) {}

    void note(String key, String value) {
        if (notes.size() < MOST || notes.containsKey(key)) {
            notes.put(key, value);
        }
    }

    void checkpoint(String step) {
        if (checkpoints.size() == MOST) {
            checkpoints.remove(0);
        }
        checkpoints.add(new Checkpoint(step, ranFor().toMillis()));
    }

    void complete() {
        completed = true;
    }

    /** With what was behind it: later, when its browser is closed, that can't be told any more. */
    void fail(Throwable problem, FailureCause behind) {
        failure = problem;
        cause = behind;
    }

    /** Nobody said that it failed, but it was found dead. */
    void foundDead(FailureCause of) {
        if (failure == null) {
            cause = of;
        }
    }

    Optional<FailureCause> cause() {
        return Optional.ofNullable(cause);
    }

    Map<String, String> notes() {
        return Map.copyOf(notes);
    }

    List<Checkpoint> checkpoints() {
        return List.copyOf(checkpoints);
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** As the lease sees it: a failure counts even after a completion. */
    SlotState verdict() {
        if (failure != null) {
            return SlotState.FAILED;
        }
        return completed ? SlotState.COMPLETED : SlotState.RELEASED;
    }

    Duration ranFor() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
