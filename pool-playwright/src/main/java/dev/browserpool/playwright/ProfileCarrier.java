package dev.browserpool.playwright;

import dev.browserpool.playwright.directory.GuardRecord;
import dev.browserpool.playwright.directory.ProfileFiles;
import dev.browserpool.playwright.directory.ProfileReplacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Carries one profile between its directory here and a store. States in the store have their token for a name, so an older one is never
 * taken for the newest, whoever writes it when.
 *
 * @param archive the states in the store
 */
record ProfileCarrier(ProfileArchive archive) {
    private static final String KIND = "states";
    /** In a profile's directory: which stored state it was equal to. */
    private static final String FILE = ProfileFiles.OURS + "carried";
    /** More than one, so that an owner who is late takes nothing from under the one who follows him. */
    private static final int KEPT = 3;

    static ProfileCarrier of(ProfileStore store, String profileId, ProfileArchive.Pace pace) {
        return new ProfileCarrier(new ProfileArchive(store, profileId, KIND, pace));
    }

    /** The newest state that was stored. */
    Optional<ProfileManifest> newest() throws IOException {
        return archive.newest();
    }

    /**
     * Whether a directory must be replaced by a stored state.
     *
     * @param here the token under which the directory was last opened; 0 if there is no state in it
     */
    boolean isNewer(ProfileManifest stored, long here, Path directory) throws IOException {
        return stored.token() > here || (stored.token() == here && !isEqualTo(stored, directory));
    }

    /** What was stored under the same token may be another state: a snapshot that was restored on another host. */
    private static boolean isEqualTo(ProfileManifest stored, Path directory) throws IOException {
        try {
            return Files.readString(directory.resolve(FILE)).equals(stored.fingerprint());
        } catch (NoSuchFileException unknown) {
            return false;
        }
    }

    /** Puts a stored state into the directory, whose guard the caller has. */
    void bring(ProfileManifest stored, Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(FILE));
        new ProfileReplacement(directory).by(empty -> archive.extract(stored, empty, directory));
        new GuardRecord(stored.token(), "stored by " + stored.host(), stored.host(), 0, false).write(directory);
        Files.writeString(directory.resolve(FILE), stored.fingerprint());
    }

    /** Stores the state of a directory that nobody uses, under the token of whoever wrote it last. */
    void store(long token, Path directory) throws IOException {
        ProfileManifest stored = archive.save(ProfileArchive.token(token), token, directory);
        Files.writeString(directory.resolve(FILE), stored.fingerprint());
        List<String> names = archive.names();
        int newest = names.size() - 1;
        if (names.get(newest).equals(stored.name())) {
            archive.keepOnly(names.subList(Math.max(0, names.size() - KEPT), names.size()), token);
        }
    }
}
