package dev.browserpool.spi;

import dev.browserpool.ProfileHome;
import dev.browserpool.ProfileRule;
import java.util.List;
import java.util.Optional;

/**
 * A profile as the ledger sees it.
 *
 * @param profileId the profile
 * @param owners its present owners, oldest first
 * @param vanished the last owner, if its end was not clean and nobody had the profile since
 * @param blocks why nobody gets it, the gravest first: quarantined, checked out, held outside, kept for a task
 * @param waiting how many wait for it
 * @param home where its newest state is
 * @param rule its rule
 */
public record ProfileFacts(
        String profileId,
        List<LockFacts> owners,
        Optional<LockFacts> vanished,
        List<BlockFacts> blocks,
        int waiting,
        Optional<ProfileHome> home,
        ProfileRule rule) {}
