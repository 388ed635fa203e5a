package dev.browserpool.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * What a request got.
 *
 * @param token the fencing token
 * @param endsIn how long the lease may still be held
 * @param profile the profile that came with it
 * @param recoveredFrom the owner of that profile who vanished before
 */
public record Grant(long token, Duration endsIn, Optional<LockFacts> profile, Optional<LockFacts> recoveredFrom) {}
