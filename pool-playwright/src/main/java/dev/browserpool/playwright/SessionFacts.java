package dev.browserpool.playwright;

import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a session from its opening to its end.
 *
 * @param request what was asked for
 * @param token the fencing token
 * @param memberId the pool instance, if the store could tell
 * @param proxyId the name of the proxy that it went through, if it was named
 * @param profileDirectory where the profile lives; empty for an ephemeral session
 * @param openedAt when its browser was opened
 */
record SessionFacts(
        SlotRequest request,
        long token,
        Optional<String> memberId,
        Optional<String> proxyId,
        Optional<Path> profileDirectory,
        Instant openedAt) {

    String requestId() {
        return request.requestId();
    }

    Optional<String> profileId() {
        return request.profile().map(ProfileClaim::profileId);
    }

    /** Whether its browser was on the profile's own directory, and not on none or a copy. */
    boolean ownsDirectory() {
        return request.profile().filter(ProfileClaim::isExclusive).isPresent();
    }
}
