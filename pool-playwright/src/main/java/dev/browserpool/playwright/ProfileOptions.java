package dev.browserpool.playwright;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where profiles live, and how they are kept safe. Immutable: the methods that look like setters return a changed copy.
 *
 * @param directory above the profiles' own, each of which has its id for a name
 * @param store carries profiles between hosts; empty if each stays in its directory, at its home
 * @param snapshots where snapshots are kept
 * @param retention how many of them
 * @param snapshotsRuns whether a snapshot is taken before each run
 * @param rollsBack whether a failed run is undone
 * @param restoresDamaged whether a profile that does not pass its inspection is replaced by its newest snapshot
 */
public record ProfileOptions(
        Path directory,
        Optional<ProfileStore> store,
        ProfileStore snapshots,
        SnapshotRetention retention,
        boolean snapshotsRuns,
        boolean rollsBack,
        boolean restoresDamaged) {

    /** No profile's name begins with a dot. */
    private static final String SNAPSHOTS = ".snapshots";

    /** Refuses nulls. */
    public ProfileOptions {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(snapshots, "snapshots");
        Objects.requireNonNull(retention, "retention");
    }

    /** Profiles that stay in this directory, on this host; snapshots in {@code .snapshots} beside them. Made if it is missing. */
    public static ProfileOptions in(Path directory) {
        return new ProfileOptions(
                directory,
                Optional.empty(),
                DirectoryProfileStore.in(directory.resolve(SNAPSHOTS)),
                SnapshotRetention.STANDARD,
                false,
                false,
                false);
    }

    /**
     * Profiles are carried between hosts: the newest state is fetched from this store before a launch if the directory here is older, and
     * stored after the browser's exit, before anybody else gets the profile.
     */
    public ProfileOptions carriedBy(ProfileStore value) {
        return new ProfileOptions(
                directory, Optional.of(value), snapshots, retention, snapshotsRuns, rollsBack, restoresDamaged);
    }

    /** Snapshots are kept there; it may be the store that carries profiles. */
    public ProfileOptions snapshotsIn(ProfileStore value) {
        return new ProfileOptions(directory, store, value, retention, snapshotsRuns, rollsBack, restoresDamaged);
    }

    /** How many snapshots of each profile are kept. */
    public ProfileOptions retention(SnapshotRetention value) {
        return new ProfileOptions(directory, store, snapshots, value, snapshotsRuns, rollsBack, restoresDamaged);
    }

    /** A snapshot is taken before each run on an exclusive claim, as soon as the profile is at hand. Its time counts as opening. */
    public ProfileOptions snapshotBeforeEachRun() {
        return new ProfileOptions(directory, store, snapshots, retention, true, rollsBack, restoresDamaged);
    }

    /**
     * The same, and the profile is put back to that snapshot if the run fails: if it ends as anything but COMPLETED or RELEASED, or its
     * browser did not end by itself, or its JVM died. In the last case it happens before the next run on this host.
     */
    public ProfileOptions rollBackFailedRuns() {
        return new ProfileOptions(directory, store, snapshots, retention, true, true, restoresDamaged);
    }

    /**
     * A profile to which the inspector objects is replaced by its newest snapshot, if it has one, and inspected again, instead of being
     * quarantined at once. A warning says so.
     */
    public ProfileOptions restoreDamaged() {
        return new ProfileOptions(directory, store, snapshots, retention, snapshotsRuns, rollsBack, true);
    }

    /** Whether there is something to do between a browser's exit and the profile's release. */
    boolean worksAtRest() {
        return store.isPresent() || rollsBack;
    }
}
