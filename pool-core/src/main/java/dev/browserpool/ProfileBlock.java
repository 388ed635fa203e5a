package dev.browserpool;

import java.time.Instant;
import java.util.Optional;

/**
 * Why nobody gets a profile, though no request owns it: a person has it, a browser of somebody else is on it, it is in
 * quarantine, or it is kept for the task that lost it. A snapshot.
 *
 * @param profileId the profile
 * @param status CHECKED_OUT, HELD_OUTSIDE, QUARANTINED, or STALE while it is kept for a task
 * @param who the person, the process, or the task for which it is kept
 * @param why a sentence for people
 * @param since since when
 * @param until when it ends by itself; empty if only a person ends it
 */
public record ProfileBlock(
        String profileId, ProfileStatus status, String who, String why, Instant since, Optional<Instant> until) {

    /** The block in a few words, for messages. */
    public String describe() {
        return status + (status == ProfileStatus.STALE ? " and kept for " : " by ") + who + " since " + since
                + until.map(end -> " until " + end).orElse("") + " (" + why + ")";
    }
}
