package dev.browserpool.playwright;

import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileElsewhereException;
import dev.browserpool.ProfileHome;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileLocks;
import dev.browserpool.playwright.BrowserSessionException.Step;
import dev.browserpool.spi.SessionLease;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way into a profile's directory, up to the launch: it is there, nobody else is on it, it is the newest state, and it is
 * sound. Only then the pool is told that the newest state is here.
 *
 * @param claim what is claimed
 * @param root the directory above the profiles' own
 * @param inspector who looks at a profile after a bad end
 * @param ledger what the pool knows of profiles
 */
record ProfileEntry(ProfileClaim claim, Path root, ProfileInspector inspector, ProfileLocks ledger) {

    /**
     * Goes in. The guard is the footprint's as soon as it is taken, so that it is given up whatever happens here.
     *
     * @param at hears how far it came
     * @return the directory to launch on
     * @throws ProfileElsewhereException if this is not where the newest state is
     * @throws DirectoryHeldException if somebody whom the pool does not know is on it or may be, or one who shares it was, under a newer
     *     token
     * @throws ProfileObjection if the inspector objects
     */
    Path enter(SessionLease lease, Footprint footprint, Consumer<Step> at)
            throws IOException, InterruptedException, ProfileObjection {
        at.accept(Step.DIRECTORY);
        boolean mayMake = lease.home().isEmpty() || claim.mayCreate();
        Path named = root.toAbsolutePath().resolve(claim.profileId());
        if (!mayMake && !Files.exists(named, LinkOption.NOFOLLOW_LINKS)) {
            throw elsewhere(lease, OptionalLong.empty(), named);
        }
        Path directory = ProfileDirectory.prepare(root, claim.profileId());
        at.accept(Step.GUARD);
        ProfileGuard guard = take(lease, directory);
        footprint.guardedBy(guard);
        at.accept(Step.PROBE);
        Vacancy.require(directory);
        Optional<GuardRecord> state = guard.before().filter(before -> before.isOpened(lease.home()));
        if (!(mayMake && state.isEmpty() && isEmpty(directory))) {
            refuseOlderState(lease, directory, state.map(GuardRecord::token).orElse(0L));
        }
        guard.sign(state.isPresent());
        if (lease.mustInspect() || guard.isDirty()) {
            at.accept(Step.INSPECT);
            inspect(new ProfileInspection(claim.profileId(), directory, lease.recoveredFrom(), guard.isDirty()));
        }
        at.accept(Step.HOME);
        guard.announce();
        lease.opened();
        guard.opened();
        return directory;
    }

    private ProfileGuard take(SessionLease lease, Path directory) throws IOException {
        try {
            return ProfileGuard.take(directory, owner(lease));
        } catch (NewerOwnerException newer) {
            throw isShared(newer.owner()) ? DirectoryHeldException.by(newer) : newer;
        }
    }

    /** Of two who share a profile the later one may be faster. A token that the ledger never heard of is none of theirs. */
    private boolean isShared(GuardRecord newer) {
        return !claim.isExclusive()
                && ledger.view(claim.profileId())
                        .home()
                        .filter(home -> home.token() >= newer.token())
                        .isPresent();
    }

    private GuardRecord owner(SessionLease lease) {
        return new GuardRecord(
                lease.token(),
                lease.requestId(),
                lease.profile()
                        .map(ProfileLock::owner)
                        .map(ProfileLock.Owner::host)
                        .orElse("this host"),
                ProcessHandle.current().pid(),
                true);
    }

    /** Nothing but what a guard leaves: made a moment ago, or by an opening that came no further. */
    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(Path::getFileName).map(Path::toString).allMatch(ProfileGuard::isOurs);
        }
    }

    private void refuseOlderState(SessionLease lease, Path directory, long found) {
        if (lease.home().filter(home -> found < home.token()).isPresent()) {
            throw elsewhere(lease, OptionalLong.of(found), directory);
        }
    }

    private ProfileElsewhereException elsewhere(SessionLease lease, OptionalLong found, Path directory) {
        ProfileHome home = lease.home().orElseThrow();
        return new ProfileElsewhereException(lease.requestId(), claim.profileId(), home, found, directory.toString());
    }

    private void inspect(ProfileInspection inspection) throws InterruptedException, ProfileObjection {
        Optional<String> objection;
        try {
            objection = Objects.requireNonNullElseGet(
                    inspector.objection(inspection),
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
}
