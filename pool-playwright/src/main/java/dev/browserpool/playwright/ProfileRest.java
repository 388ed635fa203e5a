package dev.browserpool.playwright;

import dev.browserpool.playwright.host.Interrupts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done with a profile after its browser's exit and before anybody else gets it: a failed run is undone, and what is sound is
 * stored. What is not stays here, and the store keeps the last good state.
 *
 * @param profileId whose
 * @param options what is wanted
 * @param directory where it is; its guard is held
 * @param token under which it was opened
 */
record ProfileRest(String profileId, ProfileOptions options, Path directory, long token) {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileRest.class);

    /**
     * Does it.
     *
     * @param clean whether its browser is proven to have ended by itself
     * @param failed whether the run counts as failed
     * @return whether the directory is clean now
     */
    boolean settle(boolean clean, boolean failed) throws IOException {
        boolean sound = undo(clean, failed) || clean;
        if (sound && options.store().isPresent()) {
            ProfileCarrier.of(options.store().get(), profileId, Interrupts::check)
                    .store(token, directory);
        }
        return sound;
    }

    private boolean undo(boolean clean, boolean failed) throws IOException {
        Optional<String> before = options.rollsBack() ? RunSnapshots.begun(directory) : Optional.empty();
        boolean undone = before.isPresent() && (failed || !clean);
        if (undone) {
            RunSnapshots.of(options, profileId, Interrupts::check).restore(before.get(), directory);
            LOG.info("profile {} is as it was before its last run, which failed: {}", profileId, before.get());
        }
        RunSnapshots.end(directory);
        return undone;
    }

    /** Whether undoing the run did not come to its end: the next one here has to. */
    boolean isOwed() {
        try {
            return options.rollsBack() && RunSnapshots.begun(directory).isPresent();
        } catch (IOException unreadable) {
            return true;
        }
    }
}
