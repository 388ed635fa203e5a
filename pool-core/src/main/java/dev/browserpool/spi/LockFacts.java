package dev.browserpool.spi;

import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * An ownership of a profile, as durations.
 *
 * @param profileId the profile
 * @param status what the owner does with it
 * @param shared whether the owner tolerates others
 * @param owner who has it
 * @param token the fencing token of the owner's lease
 * @param times since when, and until when
 * @param progress how far the owner said it got
 */
public record LockFacts(
        String profileId,
        ProfileStatus status,
        boolean shared,
        ProfileLock.Owner owner,
        long token,
        Times times,
        ProfileLock.Progress progress) {
    /**
     * Since when, and until when.
     *
     * @param heldFor for how long the owner has had it
     * @param heartbeatAgo when its member last gave a sign of life
     * @param staleIn when it counts as stale without another; empty if members cannot die alone
     * @param endsIn when the owner's lease expires; negative if that is past
     */
    public record Times(Duration heldFor, Duration heartbeatAgo, Optional<Duration> staleIn, Duration endsIn) {}
}
