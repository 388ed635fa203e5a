package dev.browserpool.playwright;

import java.time.Instant;
import java.util.Optional;

/**
 * A state of a profile that was kept.
 *
 * @param profileId whose
 * @param id its name, unique for the profile; later ones sort behind earlier ones
 * @param takenAt when, by the clock of the host that took it
 * @param token the fencing token of whoever wrote that state
 * @param browserVersion the version of the browser that had used it last, if it was noted
 * @param files how many
 * @param bytes of all its files together
 */
public record ProfileSnapshot(
        String profileId,
        String id,
        Instant takenAt,
        long token,
        Optional<String> browserVersion,
        int files,
        long bytes) {

    static ProfileSnapshot of(ProfileManifest state) {
        return new ProfileSnapshot(
                state.profileId(),
                state.name(),
                state.savedInstant(),
                state.token(),
                state.browserVersion(),
                state.files().size(),
                state.bytes());
    }
}
