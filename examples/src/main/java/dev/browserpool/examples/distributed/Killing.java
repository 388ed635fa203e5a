package dev.browserpool.examples.distributed;

import dev.browserpool.examples.tasks.Task;
import java.time.Instant;

/**
 * A worker's JVM was killed in the middle of a session.
 *
 * @param workerId the worker
 * @param processId its process
 * @param task what it was about
 * @param at when it was dead
 */
public record Killing(String workerId, long processId, Task task, Instant at) {}
