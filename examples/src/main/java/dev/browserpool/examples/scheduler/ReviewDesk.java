package dev.browserpool.examples.scheduler;

import dev.browserpool.examples.tasks.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/** The tasks that wait for a person. What the person says of one puts it back in line. Safe for many threads. */
public final class ReviewDesk {
    private final TaskLine line;
    private final Map<String, Attempt> attempts = new ConcurrentSkipListMap<>();
    private volatile boolean closed;

    ReviewDesk(TaskLine line) {
        this.line = line;
    }

    /** The tasks that wait, by name. */
    public List<Task> waiting() {
        return attempts.values().stream().map(Attempt::task).toList();
    }

    /**
     * The person says: it may wait for its profile.
     *
     * @return whether this task was waiting for a person
     */
    public boolean retry(String taskId) {
        return putBack(taskId, Attempt::waiting);
    }

    /**
     * The person says: leave it out.
     *
     * @return whether this task was waiting for a person
     */
    public boolean skip(String taskId, String why) {
        return putBack(taskId, attempt -> attempt.leftOut(why));
    }

    /** Nobody will come: all that wait are left out, and all that would wait from now on. */
    public void close() {
        closed = true;
        waiting().forEach(task -> skip(task.taskId(), "nobody was there to review it"));
    }

    void put(Attempt attempt) {
        attempts.put(attempt.task().taskId(), attempt);
        if (closed) {
            close();
        }
    }

    /** A person has cleared a profile, which is the answer to all that ask for it. */
    void cleared(String profileId) {
        waiting().stream()
                .filter(task -> task.profileId().equals(Optional.of(profileId)))
                .forEach(task -> retry(task.taskId()));
    }

    private boolean putBack(String taskId, UnaryOperator<Attempt> answer) {
        Attempt attempt = attempts.remove(taskId);
        if (attempt == null) {
            return false;
        }
        line.add(answer.apply(attempt).dueAt(line.now()));
        return true;
    }
}
