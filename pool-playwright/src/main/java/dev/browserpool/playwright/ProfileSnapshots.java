package dev.browserpool.playwright;

import dev.browserpool.BrowserPool;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.ProfileElsewhereException;
import dev.browserpool.ProfileHome;
import dev.browserpool.playwright.directory.GuardRecord;
import dev.browserpool.playwright.directory.ProfileGuard;
import dev.browserpool.playwright.directory.SingletonLock;
import dev.browserpool.playwright.host.Interrupts;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
    private interface Work<S, T> {
        T with(S subject) throws IOException, InterruptedException;
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
        return atRest(profileId, "a snapshot is taken", Optional.empty(), checkOut -> {
            Optional<ProfileHome> home = home(profileId);
            ProfileArrival arrival = new ProfileArrival(checkOut.who(), profileId, home, false, true, options);
            return arrive(checkOut, arrival, guard -> {
                if (guard.isDirty()) {
                    throw new IOException(
                            "the last end of profile " + profileId
                                    + " was not clean, so nobody knows whether it is sound; run it once, which has it inspected");
                }
                return ProfileSnapshot.of(snapshots(profileId, checkOut).take(guard.directory(), token(guard)));
            });
        });
    }

    /**
     * Puts a profile back to a snapshot. A quarantine stays: a person clears it. If profiles are carried, the restored state is stored.
     * If they are, or the profile's home is this host, its directory may be old, damaged or gone: what was restored is the newest state.
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
        atRest(profileId, "snapshot " + snapshotId + " is restored", who, checkOut -> {
            Optional<ProfileHome> home = home(profileId);
            boolean isOurs = options.store().isPresent()
                    || home.filter(known -> !isHere(known)).isEmpty();
            // What is in the directory does not count then, as all of it is replaced, nor that there may be none.
            Optional<ProfileHome> strict = isOurs ? Optional.empty() : home;
            arrive(checkOut, new ProfileArrival(checkOut.who(), profileId, strict, false, false, options), guard -> {
                snapshots(profileId, checkOut).restore(snapshotId, guard.directory());
                RunSnapshots.end(guard.directory());
                restored(profileId, guard, home);
                return snapshotId;
            });
            return snapshotId;
        });
    }

    /** The pool knows the newest state by its token: this is it from now on. */
    private void restored(String profileId, ProfileGuard guard, Optional<ProfileHome> home) throws IOException {
        long token = Math.max(token(guard), home.map(ProfileHome::token).orElse(0L));
        if (token == 0) {
            return; // it has never run
        }
        String host = SingletonLock.thisHost();
        guard.found(
                new GuardRecord(token, "restored", host, ProcessHandle.current().pid(), false));
        if (options.store().isPresent()) {
            ProfileCarrier.of(options.store().get(), profileId, Interrupts::check)
                    .store(token, guard.directory());
        }
    }

    /** By the kernel's name of this host, or by the one that its network knows. */
    private static boolean isHere(ProfileHome home) {
        try {
            return home.host().equals(SingletonLock.thisHost())
                    || home.host().equals(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException nameless) {
            return false;
        }
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

    private Optional<ProfileHome> home(String profileId) {
        return pool.profiles().view(profileId).home();
    }

    private RunSnapshots snapshots(String profileId, CheckOut checkOut) {
        return RunSnapshots.of(options, profileId, checkOut::renew);
    }

    private <T> T atRest(String profileId, String why, Optional<String> who, Work<CheckOut, T> work)
            throws IOException, InterruptedException {
        try (CheckOut checkOut = new CheckOut(pool, profileId, who.orElse("snapshots-" + UUID.randomUUID()), why)) {
            return work.with(checkOut);
        } catch (InterruptedIOException told) {
            InterruptedException interrupted = new InterruptedException(why + ": " + told.getMessage());
            interrupted.initCause(told);
            Thread.interrupted();
            throw interrupted;
        }
    }

    private static <T> T arrive(CheckOut checkOut, ProfileArrival arrival, Work<ProfileGuard, T> work)
            throws IOException, InterruptedException {
        GuardRecord visitor = new GuardRecord(
                Long.MAX_VALUE,
                checkOut.who(),
                SingletonLock.thisHost(),
                ProcessHandle.current().pid(),
                false);
        List<ProfileGuard> held = new ArrayList<>();
        try {
            Optional<ProfileGuard> guard = arrival.go(visitor, held::add, step -> {});
            if (guard.isEmpty()
                    || (arrival.shared() && ProfileArrival.isEmpty(guard.get().directory()))) {
                throw new NoSuchFileException(arrival.profileId(), null, "this profile has never run here");
            }
            return work.with(guard.get());
        } finally {
            for (ProfileGuard guard : held) {
                guard.release(true);
            }
        }
    }
}
