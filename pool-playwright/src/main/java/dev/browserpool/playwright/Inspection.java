package dev.browserpool.playwright;

import dev.browserpool.playwright.directory.GuardRecord;
import dev.browserpool.playwright.directory.ProfileGuard;
import dev.browserpool.playwright.host.Interrupts;
import dev.browserpool.playwright.redaction.Redactor;
import dev.browserpool.spi.SessionLease;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A question to the inspector, and what counts as his answer.
 *
 * @param inspector the user's
 */
record Inspection(ProfileInspector inspector) {
    private static final Logger LOG = LoggerFactory.getLogger(Inspection.class);

    /** Returns if he has no objection. */
    void pass(ProfileInspection subject) throws InterruptedException, ProfileObjection {
        Optional<String> objection;
        try {
            objection = Objects.requireNonNullElseGet(
                    inspector.objection(subject),
                    () -> Optional.of("the inspector answered null where an Optional belongs, so nobody knows"));
        } catch (Exception e) {
            refuseInterrupted(e);
            throw new ProfileObjection("the inspector failed: " + Redactor.text(e.toString()), e);
        }
        if (objection.isPresent()) {
            refuseInterrupted(null);
            throw new ProfileObjection(objection.get(), null);
        }
    }

    /** Nobody is put in quarantine for what an inspector said when it was disturbed. */
    private static void refuseInterrupted(@Nullable Exception failure) throws InterruptedException {
        boolean wasTold =
                failure instanceof ClosedByInterruptException || (failure != null && Losses.isInterrupt(failure));
        if (wasTold || Thread.currentThread().isInterrupted()) {
            InterruptedException interrupted = new InterruptedException("interrupted while the profile was inspected");
            interrupted.initCause(failure);
            throw interrupted;
        }
    }

    /** Puts the newest snapshot in the place of what he objects to. Returns false if there is none. */
    static boolean restored(
            ProfileOptions options,
            String profileId,
            ProfileGuard guard,
            ProfileObjection objection,
            SessionLease lease)
            throws IOException {
        RunSnapshots snapshots = RunSnapshots.of(options, profileId, Interrupts::check);
        Optional<ProfileManifest> newest = snapshots.newest();
        if (newest.isEmpty()) {
            return false;
        }
        String what = "snapshot " + newest.get().name() + " was restored: " + objection.getMessage();
        LOG.warn("{}: profile {} is damaged, {}", lease.requestId(), profileId, what);
        snapshots.restore(newest.get().name(), guard.directory());
        Optional<GuardRecord> before = guard.before();
        if (before.isPresent()) {
            guard.found(before.get().withDirty(false));
        }
        lease.checkpoint(what);
        return true;
    }
}
