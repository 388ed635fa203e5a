package dev.browserpool.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a profile cannot be had now.
 *
 * @param profileId the profile
 * @param owner the request that has it, the oldest if there are several
 * @param block why nobody gets it, if it is not a request that has it; empty, as {@code owner} is, if there is only a line
 * @param freeIn when it is free at the latest, or is looked at again; empty if nobody knows
 */
public record Busy(
        String profileId, Optional<LockFacts> owner, Optional<BlockFacts> block, Optional<Duration> freeIn) {}
