package dev.browserpool.spi;

import dev.browserpool.ProfileHome;
import dev.browserpool.ProfileRule;
import java.time.Duration;
import java.util.Optional;

/**
 * What a request got.
 *
 * @param token the fencing token
 * @param arrival the request's place in line, which it keeps
 * @param endsIn how long the lease may still be held
 * @param profile what came with the profile, if one was claimed
 */
public record Grant(long token, long arrival, Duration endsIn, Optional<OfProfile> profile) {
    /**
     * What a new owner learns of its profile.
     *
     * @param lock its own ownership
     * @param recoveredFrom the last owner, if its end was not clean
     * @param onStale what the rule wants done about that
     * @param home where the newest state is, before this owner opens it
     */
    public record OfProfile(
            LockFacts lock,
            Optional<LockFacts> recoveredFrom,
            ProfileRule.OnStale onStale,
            Optional<ProfileHome> home) {}
}
