package dev.browserpool.spi;

import dev.browserpool.ProfileStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * Why nobody gets a profile, though no request owns it, as durations.
 *
 * @param profileId the profile
 * @param status CHECKED_OUT, HELD_OUTSIDE, QUARANTINED, or STALE while it is kept for a task
 * @param who the person, the process, or the task
 * @param why a sentence for people
 * @param heldFor since when
 * @param endsIn when it ends by itself; empty if only a person ends it
 */
public record BlockFacts(
        String profileId, ProfileStatus status, String who, String why, Duration heldFor, Optional<Duration> endsIn) {}
