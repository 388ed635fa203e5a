package dev.browserpool.playwright;

import dev.browserpool.ProfileLock;
import dev.browserpool.SlotRequest;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whose hook it is.
 *
 * @param request what was asked for
 * @param token the fencing token of the lease
 * @param profile the record of the profile's ownership; empty if the session is ephemeral
 * @param recoveredFrom the last owner of the profile, if he vanished
 * @param profileDirectory the directory that the browser opens: the profile's own, for a shared claim the private copy, which is deleted
 *     when the browser is gone; empty if the session is ephemeral
 */
public record HookContext(
        SlotRequest request,
        long token,
        Optional<ProfileLock> profile,
        Optional<ProfileLock> recoveredFrom,
        Optional<Path> profileDirectory) {}
