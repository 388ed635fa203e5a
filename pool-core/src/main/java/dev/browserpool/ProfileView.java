package dev.browserpool;

import java.util.List;
import java.util.Optional;

/**
 * All that the pool knows of one profile, at one moment.
 *
 * @param profileId the profile
 * @param owners its present owners, oldest first
 * @param vanished the last owner, if it vanished or could not close its browser cleanly and nobody had the profile since
 * @param blocks why nobody gets it: quarantined, checked out, held outside, kept for a task, the gravest first; empty if it is open
 * @param waiting how many requests wait for it
 * @param home where its newest state is; empty if no session has opened it yet
 * @param rule its rule
 */
public record ProfileView(
        String profileId,
        List<ProfileLock> owners,
        Optional<ProfileLock> vanished,
        List<ProfileBlock> blocks,
        int waiting,
        Optional<ProfileHome> home,
        ProfileRule rule) {

    /** What is the matter with it, the gravest first: a block, an owner, a vanished owner; empty if it is free. */
    public Optional<ProfileStatus> status() {
        return blocks.stream()
                .map(ProfileBlock::status)
                .findFirst()
                .or(() -> owners.stream().map(ProfileLock::status).findFirst())
                .or(() -> vanished.map(ProfileLock::status));
    }
}
