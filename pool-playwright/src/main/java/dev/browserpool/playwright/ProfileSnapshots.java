package dev.browserpool.playwright;

import dev.browserpool.BrowserPool;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.ProfileElsewhereException;
import dev.browserpool.ProfileHome;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Snapshots of profiles at rest, and the way back to one. Whoever takes or restores one has the profile checked out meanwhile, as a
 * person, so that no request on any host gets it: at once, without a slot, also while it is in quarantine. A snapshot is whole or not
 * there; one that is restored is proven before the profile is touched, and a JVM that dies in the middle leaves the old state or the
 * new one. For as many threads as like.
 */
public final class ProfileSnapshots {
    private final BrowserPool pool;
    private final ProfileOptions options;

    ProfileSnapshots(BrowserPool pool, ProfileOptions options) {
        this.pool = pool;
        this.options = options;
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(ProfileGuard guard, RunSnapshots snapshots) throws IOException, InterruptedException;
    }

    /**
     * Takes one now, and deletes what is too much by the {@link SnapshotRetention}.
     *
     * @throws ProfileConflictException if a request owns the profile, a person has it, or somebody is on its directory
     * @throws ProfileElsewhereException if the newest state is not here and can't be fetched
     * @throws dev.browserpool.StoreUnavailableException if the pool's store gave no answer
     * @throws IOException if it can't be read or kept, there is no such profile, or its last end was not clean;
     *     nothing is left of it then
     * @throws InterruptedException if the thread was interrupted; the same
     */
    public ProfileSnapshot snapshot(String profileId) throws IOException, InterruptedException {
        return atRest(profileId, "a snapshot is taken", Optional.empty(), (guard, snapshots) -> {
            if (ProfileArrival.isEmpty(guard.directory())) {
                throw new NoSuchFileException(
                        guard.directory().toString(), null, "profile " + profileId + " has never run");
            }
            if (guard.isDirty()) {
                throw new IOException("the last end of profile " + profileId
                        + " was not clean, so nobody knows whether it is sound; run it once, which has it inspected");
            }
            return ProfileSnapshot.of(snapshots.take(guard.directory(), token(guard)));
        });
    }

    /**
     * Puts a profile back to a snapshot. A quarantine stays: a person clears it. If profiles are carried, the restored state is stored.
     *
     * @param snapshotId of one of {@link #list}
     * @throws NoSuchFileException if there is no such snapshot
     * @throws ProfileConflictException as for {@link #snapshot}
     * @throws ProfileElsewhereException as for {@link #snapshot}
     * @throws dev.browserpool.StoreUnavailableException as for {@link #snapshot}
     * @throws IOException if it is damaged or can't be read, and the profile is as it was; or if the restored state could not be stored
     *     where profiles are carried
     * @throws InterruptedException if the thread was interrupted; the profile is as it was
     */
    public void restore(String profileId, String snapshotId) throws IOException, InterruptedException {
        restore(profileId, snapshotId, Optional.empty());
    }

    /**
     * The same for a person who may have checked the profile out already, and then keeps it.
     *
     * @param who the name under which the person has it
     * @throws IOException as above
     * @throws InterruptedException as above
     */
    public void restore(String profileId, String snapshotId, String who) throws IOException, InterruptedException {
        restore(profileId, snapshotId, Optional.of(who));
    }

    private void restore(String profileId, String snapshotId, Optional<String> who)
            throws IOException, InterruptedException {
        atRest(profileId, "snapshot " + snapshotId + " is restored", who, (guard, snapshots) -> {
            snapshots.restore(snapshotId, guard.directory());
            RunSnapshots.end(guard.directory());
            if (guard.before().isPresent()) {
                guard.found(guard.before().get().withDirty(false));
            }
            if (options.store().isPresent() && guard.before().isPresent()) {
                ProfileCarrier.of(options.store().get(), profileId, Interrupts::check)
                        .store(token(guard), guard.directory());
            }
            return snapshotId;
        });
    }

    private static long token(ProfileGuard guard) {
        return guard.before().map(GuardRecord::token).orElse(0L);
    }

    /**
     * Those of a profile, newest first.
     *
     * @throws IOException if they can't be read
     */
    public List<ProfileSnapshot> list(String profileId) throws IOException {
        List<ProfileSnapshot> all = new ArrayList<>();
        for (ProfileManifest state :
                RunSnapshots.of(options, profileId, Interrupts::check).all()) {
            all.add(ProfileSnapshot.of(state));
        }
        return all;
    }

    private <T> T atRest(String profileId, String why, Optional<String> who, Work<T> work)
            throws IOException, InterruptedException {
        try (CheckOut checkOut = new CheckOut(pool, profileId, who.orElse("snapshots-" + UUID.randomUUID()), why)) {
            Optional<ProfileHome> home = pool.profiles().view(profileId).home();
            ProfileArrival arrival = new ProfileArrival(checkOut.who(), profileId, home, false, false, options);
            GuardRecord visitor = new GuardRecord(
                    Long.MAX_VALUE,
                    checkOut.who(),
                    SingletonLock.thisHost(),
                    ProcessHandle.current().pid(),
                    false);
            List<ProfileGuard> held = new ArrayList<>();
            try {
                ProfileGuard guard = arrival.go(visitor, held::add, step -> {}).orElseThrow();
                return work.with(guard, RunSnapshots.of(options, profileId, checkOut::renew));
            } catch (InterruptedIOException told) {
                InterruptedException interrupted = new InterruptedException(why + ": " + told.getMessage());
                interrupted.initCause(told);
                Thread.interrupted();
                throw interrupted;
            } finally {
                for (ProfileGuard guard : held) {
                    guard.release(true);
                }
            }
        }
    }
}
