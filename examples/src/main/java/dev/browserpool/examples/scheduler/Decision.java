package dev.browserpool.examples.scheduler;

import dev.browserpool.ConflictDecision;
import dev.browserpool.examples.tasks.Task;

/**
 * What becomes of a task whose profile was in other hands.
 *
 * @param task which
 * @param workerId the worker that tried it
 * @param profileId the profile
 * @param conflict who has the profile, in a few words
 * @param verdict what was decided, and why
 */
public record Decision(Task task, String workerId, String profileId, String conflict, ConflictDecision verdict) {}
