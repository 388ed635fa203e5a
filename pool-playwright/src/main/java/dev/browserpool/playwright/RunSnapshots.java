package dev.browserpool.playwright;

import dev.browserpool.playwright.directory.ProfileFiles;
import dev.browserpool.playwright.directory.ProfileReplacement;
import dev.browserpool.playwright.host.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The snapshots of one profile, for whoever has its guard.
 *
 * @param archive where they are
 * @param retention how many are kept
 */
record RunSnapshots(ProfileArchive archive, SnapshotRetention retention) {
    private static final String KIND = "snapshots";
    /** In a profile's directory, while a run lasts that would be undone: the snapshot from before it. */
    private static final String BEFORE = ProfileFiles.OURS + "before";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    static RunSnapshots of(ProfileOptions options, String profileId, ProfileArchive.Pace pace) {
        return new RunSnapshots(new ProfileArchive(options.snapshots(), profileId, KIND, pace), options.retention());
    }

    /** Takes one. */
    ProfileManifest take(Path directory, long token) throws IOException {
        ProfileManifest taken = archive.save(TIME.format(Instant.now()) + "-" + token, token, directory);
        retain(token);
        return taken;
    }

    /** Puts one into the directory, and proves that it is whole before anything is changed. */
    void restore(String id, Path directory) throws IOException {
        ProfileManifest snapshot = archive.read(id);
        new ProfileReplacement(directory).by(empty -> archive.extract(snapshot, empty, directory));
    }

    Optional<ProfileManifest> newest() throws IOException {
        return archive.newest();
    }

    /** Newest first. */
    List<ProfileManifest> all() throws IOException {
        List<String> names = new ArrayList<>(archive.names());
        Collections.reverse(names);
        List<ProfileManifest> all = new ArrayList<>();
        for (String name : names) {
            read(name).ifPresent(all::add);
        }
        return all;
    }

    /** Empty if somebody has deleted it since it was listed. */
    private Optional<ProfileManifest> read(String name) throws IOException {
        try {
            return Optional.of(archive.read(name));
        } catch (NoSuchFileException missing) {
            if (archive.names().contains(name)) {
                throw missing; // something else is
            }
            return Optional.empty();
        }
    }

    private void retain(long token) throws IOException {
        Instant oldest = Instant.now().minus(retention.age());
        Map<String, Long> files = new HashMap<>();
        List<String> kept = new ArrayList<>();
        for (ProfileManifest snapshot : all()) {
            snapshot.files().forEach(file -> files.put(file.key(), file.bytes()));
            long bytes = files.values().stream().mapToLong(Long::longValue).sum();
            boolean tooMuch = kept.size() >= retention.count()
                    || bytes > retention.bytes()
                    || snapshot.savedInstant().isBefore(oldest);
            if (tooMuch && !kept.isEmpty()) {
                break;
            }
            kept.add(snapshot.name());
        }
        archive.keepOnly(kept, token);
    }

    /** Notes that a run begins which is to be undone unless it ends well. */
    static void begin(ProfileManifest before, Path directory) throws IOException {
        Path unfinished = directory.resolve(BEFORE + ".new");
        Files.writeString(unfinished, before.name());
        Durable.force(unfinished);
        Durable.move(unfinished, directory.resolve(BEFORE));
    }

    /** The snapshot from before a run that has not ended well, or not ended. */
    static Optional<String> begun(Path directory) throws IOException {
        try {
            return Optional.of(Files.readString(directory.resolve(BEFORE)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /** The run ended well, or was undone. */
    static void end(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(BEFORE));
    }
}
