package dev.browserpool.spi;

import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileStatus;
import java.time.Duration;

/**
 * An ownership of a profile, as durations.
 *
 * @param profileId the profile
 * @param status what the owner does with it
 * @param shared whether the owner tolerates others
 * @param owner who has it
 * @param token the fencing token of the owner's lease
 * @param heldFor for how long the owner has had it
 * @param endsIn when the owner's lease expires; negative if that is past
 */
public record LockFacts(
        String profileId,
        ProfileStatus status,
        boolean shared,
        ProfileLock.Owner owner,
        long token,
        Duration heldFor,
        Duration endsIn) {}
