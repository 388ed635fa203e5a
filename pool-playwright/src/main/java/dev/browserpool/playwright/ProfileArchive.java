package dev.browserpool.playwright;

import dev.browserpool.playwright.directory.BrowserVersion;
import dev.browserpool.playwright.directory.ProfileFiles;
import dev.browserpool.playwright.directory.SingletonLock;
import dev.browserpool.playwright.host.Checksum;
import dev.browserpool.playwright.host.Directories;
import dev.browserpool.playwright.host.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * States of one profile in a store: each a manifest, which is written last and names files that are never changed. Files that did not
 * change since the newest state are kept once.
 *
 * <p>Each file's key holds the token under which it was stored, and nobody deletes a file of a greater token than his own: an owner who
 * is late can't take from under a newer one what that is about to name.
 *
 * @param store where
 * @param profileId whose
 * @param kind one word that parts states that are carried from those that are snapshots
 * @param pace hears of each file: the caller may have to say that he is still at it, or to stop
 */
record ProfileArchive(ProfileStore store, String profileId, String kind, Pace pace) {
    private static final String JSON = ".json";
    /** Also of profiles: what is a part of a key. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    ProfileArchive {
        if (!NAME.matcher(profileId).matches()) {
            throw new IllegalArgumentException("profile id is '" + profileId + "', it must match " + NAME);
        }
    }

    /** Called before each file. */
    @FunctionalInterface
    interface Pace {
        /** Throws if the work is to end here. */
        void check() throws IOException;
    }

    private String manifests() {
        return profileId + "/" + kind + "/manifests/";
    }

    private String files() {
        return profileId + "/" + kind + "/files/";
    }

    /** The names of what is complete, sorted. */
    List<String> names() throws IOException {
        return store.list(manifests()).stream()
                .filter(key -> key.endsWith(JSON))
                .map(key -> key.substring(manifests().length(), key.length() - JSON.length()))
                .sorted()
                .toList();
    }

    Optional<ProfileManifest> newest() throws IOException {
        List<String> names = names();
        return names.isEmpty() ? Optional.empty() : Optional.of(read(names.get(names.size() - 1)));
    }

    ProfileManifest read(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new NoSuchFileException(name, null, "this is no name of a stored state");
        }
        Path directory = TemporaryDirectory.create(); // nobody else can put a link where the store will write
        try {
            Path file = directory.resolve("state" + JSON);
            store.fetch(key(name), file);
            return ProfileManifest.parse(key(name), Files.readString(file));
        } finally {
            Directories.delete(directory);
        }
    }

    private String key(String name) {
        return manifests() + name + JSON;
    }

    /** Stores what changed, and then that it is complete. */
    ProfileManifest save(String name, long token, Path directory) throws IOException {
        Optional<ProfileManifest> base = newest();
        Map<String, ProfileManifest.Kept> known = new HashMap<>();
        base.ifPresent(state -> state.files().forEach(file -> known.put(file.sha256(), file)));
        known.values().removeIf(file -> !file.key().startsWith(files()));
        List<ProfileManifest.Kept> files = new ArrayList<>();
        for (Path path : ProfileFiles.of(directory)) {
            pace.check();
            files.add(keep(path.toString().replace('\\', '/'), directory.resolve(path), token, known));
        }
        Set<String> there = new HashSet<>(store.list(files()));
        for (ProfileManifest.Kept file : files) {
            if (!there.contains(file.key())) {
                throw new IOException(file.key() + " has vanished from " + store + " while a state with it was stored");
            }
        }
        ProfileManifest complete = new ProfileManifest(
                ProfileManifest.FORMAT,
                profileId,
                name,
                token,
                SingletonLock.thisHost(),
                Instant.now().toString(),
                BrowserVersion.on(directory).map(BrowserVersion::text).orElse(""),
                files);
        put(complete);
        return complete;
    }

    private ProfileManifest.Kept keep(String path, Path file, long token, Map<String, ProfileManifest.Kept> known)
            throws IOException {
        String sum = Checksum.of(file);
        String key = files() + token(token) + "-" + sum;
        ProfileManifest.Kept kept = new ProfileManifest.Kept(path, Files.size(file), sum, key);
        ProfileManifest.Kept same = known.get(sum);
        if (same != null && same.hasContentOf(kept)) {
            return new ProfileManifest.Kept(path, kept.bytes(), sum, same.key());
        }
        store.store(key, file);
        known.put(sum, kept);
        return kept;
    }

    private void put(ProfileManifest manifest) throws IOException {
        Path file = Files.createTempFile("browser-pool-", JSON);
        try {
            Files.writeString(file, manifest.toJson());
            store.store(key(manifest.name()), file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Writes a state into an empty directory, and proves each file. What is in another directory already is not fetched. */
    void extract(ProfileManifest state, Path empty, Path present) throws IOException {
        for (ProfileManifest.Kept kept : state.files()) {
            pace.check();
            Path file = kept.in(empty);
            Path old = kept.in(present);
            Files.createDirectories(file.getParent(), Directories.ownerOnly(empty));
            if (has(old, kept)) {
                Files.copy(old, file);
            } else {
                store.fetch(kept.key(), file);
            }
            if (!has(file, kept)) {
                throw new IOException(kept.key() + " in " + store + " is not what was stored: its checksum differs");
            }
        }
    }

    private static boolean has(Path file, ProfileManifest.Kept kept) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == kept.bytes()
                && Checksum.of(file).equals(kept.sha256());
    }

    /** Deletes all states but some, and the files that none of those needs; only files up to a token. */
    void keepOnly(Collection<String> names, long upTo) throws IOException {
        Set<String> needed = new HashSet<>();
        for (String name : names) {
            read(name).files().forEach(file -> needed.add(file.key()));
        }
        for (String name : names()) {
            if (!names.contains(name)) {
                store.delete(key(name));
            }
        }
        String greatest = files() + token(upTo) + "-~";
        for (String key : store.list(files())) {
            if (!needed.contains(key) && key.compareTo(greatest) < 0) {
                store.delete(key);
            }
        }
    }

    /** As wide as the greatest, so that names sort as tokens do. */
    static String token(long token) {
        return String.format(Locale.ROOT, "%019d", token);
    }
}
