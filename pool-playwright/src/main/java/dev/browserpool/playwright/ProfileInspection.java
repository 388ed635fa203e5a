package dev.browserpool.playwright;

import dev.browserpool.ProfileLock;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A profile's directory that is to be looked at before a browser is started on it. Nobody else is on it meanwhile.
 *
 * @param profileId the profile
 * @param directory its real path
 * @param recoveredFrom the last owner, if it vanished or could not close its browser cleanly, as far as the pool knows
 * @param dirty whether the directory itself says that the last browser on it was not proven to have ended by itself
 */
public record ProfileInspection(String profileId, Path directory, Optional<ProfileLock> recoveredFrom, boolean dirty) {}
