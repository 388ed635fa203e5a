package dev.browserpool.examples.scheduler;

import dev.browserpool.ProfileConflictException;
import dev.browserpool.ProfileLock;
import dev.browserpool.examples.tasks.Task;

/**
 * What became of a task that met a busy profile.
 *
 * @param task which
 * @param kind what was decided
 * @param profileId the profile
 * @param holder who had it, in a few words
 */
public record Decision(Task task, Kind kind, String profileId, String holder) {
    /** The two answers to a conflict. */
    public enum Kind {
        /** Put back to the end of the line; its worker took the next task. */
        RESCHEDULED,
        /** Refused before, so now its worker waits in the profile's line. */
        WAITED
    }

    static Decision of(Task task, Kind kind, ProfileConflictException conflict) {
        String holder = conflict.current()
                .map(ProfileLock::owner)
                .map(owner -> owner.taskId().orElse(owner.requestId())
                        + owner.workerId().map(worker -> " on " + worker).orElse(""))
                .orElse("others in line");
        return new Decision(task, kind, conflict.profileId(), holder);
    }
}
