package dev.browserpool.playwright;

import dev.browserpool.SlotState;
import dev.browserpool.playwright.redaction.Redactor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the holder said about a session while it ran. Read by other threads when it is taken back. */
final class Story {
    private static final int MOST = 1_000;
    private final long startNanos = System.nanoTime();
    private static final int SHOWN = 5;
    private final List<String> lastNotes = new CopyOnWriteArrayList<>();
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
            lastNotes.remove(key);
            lastNotes.add(0, key);
            while (lastNotes.size() > SHOWN) {
                lastNotes.remove(lastNotes.size() - 1);
            }
        }
    }

    void checkpoint(String step) {
        if (checkpoints.size() == MOST) {
            checkpoints.remove(0);
        }
        checkpoints.add(new Checkpoint(step, ranFor().toMillis()));
    }

    /** Where it is, in one line for others to read: the last step, and what was noted last, without what URLs carry in secret. */
    String progress() {
        List<Checkpoint> reached = checkpoints();
        String step = reached.isEmpty()
                ? ""
                : Redactor.text(reached.get(reached.size() - 1).step());
        String noted = lastNotes.stream()
                .map(key -> key + "=" + Redactor.text(String.valueOf(notes.get(key))))
                .collect(Collectors.joining(", ", step.isEmpty() ? "[" : " [", "]"));
        return lastNotes.isEmpty() ? step : step + noted;
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
