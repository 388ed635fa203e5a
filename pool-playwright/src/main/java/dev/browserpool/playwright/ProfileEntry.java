package dev.browserpool.playwright;

import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileElsewhereException;
import dev.browserpool.ProfileLock;
import dev.browserpool.playwright.BrowserSessionException.Step;
import dev.browserpool.playwright.directory.BrowserVersion;
import dev.browserpool.playwright.directory.GuardRecord;
import dev.browserpool.playwright.directory.ProfileFiles;
import dev.browserpool.playwright.directory.ProfileGuard;
import dev.browserpool.playwright.host.Directories;
import dev.browserpool.playwright.host.Interrupts;
import dev.browserpool.spi.SessionLease;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The way of a session to the directory that its browser opens: the profile's own for an exclusive claim, a copy of it for a shared
 * one. The pool is told that the newest state is here only of the former.
 *
 * @param claim what is claimed
 * @param options where profiles are
 * @param inspector who looks at a profile after a bad end
 * @param executable the browser's program, if it is a Chromium
 */
record ProfileEntry(ProfileClaim claim, ProfileOptions options, ProfileInspector inspector, Optional<Path> executable) {

    /**
     * Goes in. The guard is the footprint's as soon as it is taken, so that it is given up whatever happens here.
     *
     * @param at hears how far it came
     * @return the directory to launch on
     * @throws ProfileElsewhereException if this is not where the newest state is
     * @throws DirectoryHeldException if somebody whom the pool does not know is on it or may be
     * @throws ProfileObjection if the inspector objects
     */
    Path enter(SessionLease lease, Footprint footprint, Consumer<Step> at)
            throws IOException, InterruptedException, ProfileObjection {
        ProfileArrival arrival = new ProfileArrival(
                lease.requestId(), claim.profileId(), lease.home(), claim.mayCreate(), !claim.isExclusive(), options);
        Optional<ProfileGuard> arrived = arrival.go(owner(lease), footprint::guardedBy, at);
        boolean isState = arrived.isPresent() && isState(arrival, arrived.get());
        if (isState) {
            at.accept(Step.VERSION);
            refuseOlderBrowser(arrived.get().directory());
        }
        return claim.isExclusive()
                ? own(lease, arrival, arrived.orElseThrow(), footprint, at)
                : copy(lease, isState ? arrived : Optional.empty(), footprint, at);
    }

    private static boolean isState(ProfileArrival arrival, ProfileGuard guard) throws IOException {
        return arrival.state(guard).isPresent() || !ProfileArrival.isEmpty(guard.directory());
    }

    private Path own(
            SessionLease lease, ProfileArrival arrival, ProfileGuard guard, Footprint footprint, Consumer<Step> at)
            throws IOException, InterruptedException, ProfileObjection {
        Optional<GuardRecord> state = arrival.state(guard);
        Path directory = guard.directory();
        guard.sign(state.isPresent());
        inspect(lease, guard, at);
        if (options.snapshotsRuns()) {
            at.accept(Step.SNAPSHOT);
            ProfileManifest before = RunSnapshots.of(options, claim.profileId(), Interrupts::check)
                    .take(directory, state.map(GuardRecord::token).orElse(0L));
            if (options.rollsBack()) {
                RunSnapshots.begin(before, directory);
            }
        }
        at.accept(Step.HOME);
        if (options.worksAtRest()) {
            footprint.restingBy(new ProfileRest(claim.profileId(), options, directory, lease.token()));
        }
        guard.announce();
        lease.opened();
        guard.opened();
        return directory;
    }

    /** Nobody writes to the directory, so nothing is signed, and the home stays where it is. */
    private Path copy(SessionLease lease, Optional<ProfileGuard> guard, Footprint footprint, Consumer<Step> at)
            throws IOException, InterruptedException, ProfileObjection {
        if (guard.isEmpty() && !claim.mayCreate()) {
            throw new IOException(
                    "profile " + claim.profileId() + " has never run, so there is nothing to share; run it once"
                            + " on an exclusive claim, or say createIfMissing() to share an empty one");
        }
        if (guard.isPresent()) {
            inspect(lease, guard.get(), at);
        }
        at.accept(Step.COPY);
        Path copy = Directories.create(footprint.temporary().resolve("profile")).toRealPath();
        if (guard.isPresent()) {
            ProfileFiles.copy(guard.get().directory(), copy);
        }
        footprint.leaveGuard();
        return copy;
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

    private void refuseOlderBrowser(Path directory) throws IOException, InterruptedException {
        Optional<BrowserVersion> last = executable.isPresent() ? BrowserVersion.on(directory) : Optional.empty();
        if (last.isEmpty()) {
            return;
        }
        Optional<BrowserVersion> mine = BrowserVersion.of(executable.get());
        if (mine.filter(version -> last.get().isNewerThan(version)).isPresent()) {
            throw new IOException("profile " + claim.profileId() + " was last used by a browser of version "
                    + last.get().text() + ", and " + executable.get() + " is version "
                    + mine.get().text()
                    + ", which may not be able to read it; run it with the newer one, restore a snapshot"
                    + " from before, or, if you know that it can, delete " + directory.resolve(BrowserVersion.FILE));
        }
    }

    private void inspect(SessionLease lease, ProfileGuard guard, Consumer<Step> at)
            throws IOException, InterruptedException, ProfileObjection {
        if (!lease.mustInspect() && !guard.isDirty()) {
            return;
        }
        at.accept(Step.INSPECT);
        Inspection inspection = new Inspection(inspector);
        ProfileInspection subject =
                new ProfileInspection(claim.profileId(), guard.directory(), lease.recoveredFrom(), guard.isDirty());
        try {
            inspection.pass(subject);
        } catch (ProfileObjection objection) {
            if (!options.restoresDamaged()
                    || !Inspection.restored(options, claim.profileId(), guard, objection, lease)) {
                throw objection;
            }
            inspection.pass(subject);
        }
    }
}
