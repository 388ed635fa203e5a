package dev.browserpool.playwright;

import dev.browserpool.playwright.host.Directories;
import dev.browserpool.playwright.host.FileNames;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Evidence in files: {@code <root>/<profile or "ephemeral">/<time>-<request>-<token>/}, readable by its owner only, complete as soon
 * as it has its name. The oldest is deleted when there is too much, and nothing else that may lie under the root. Immutable and safe to
 * share; several JVMs may share a root.
 */
public final class FileEvidenceStore implements EvidenceStore {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path root;
    private final Caps caps;
    private final EvidenceRetention retention;

    /**
     * How much is kept.
     *
     * @param count of sessions
     * @param bytes of all files together
     * @param age of a session's evidence
     * @param free bytes that the disk must have left before anything is saved
     */
    record Caps(int count, long bytes, Duration age, long free) {}

    private FileEvidenceStore(Path root, Caps caps) {
        this.root = root.toAbsolutePath();
        this.caps = caps;
        this.retention = new EvidenceRetention(this.root, caps);
    }

    /** Keeps 1,000 sessions, 2 GB and 30 days at most, and leaves 200 MB of the disk free. Made when it is needed. */
    public static FileEvidenceStore in(Path directory) {
        return new FileEvidenceStore(directory, new Caps(1_000, 2_000_000_000L, Duration.ofDays(30), 200_000_000L));
    }

    /** Of how many sessions it keeps evidence, at least 1. */
    public FileEvidenceStore atMost(int sessions) {
        return with(new Caps(positive("sessions", sessions), caps.bytes, caps.age, caps.free));
    }

    /** How many bytes all of it may have, more than zero. The newest is kept even if it has more. */
    public FileEvidenceStore atMostBytes(long bytes) {
        positive("bytes", bytes);
        return with(new Caps(caps.count, bytes, caps.age, caps.free));
    }

    /** How old it may become, more than zero. Looked at when something is saved. */
    public FileEvidenceStore noOlderThan(Duration age) {
        positive("age in ms", age.toMillis());
        return with(new Caps(caps.count, caps.bytes, age, caps.free));
    }

    /** How many bytes the disk must have free, or nothing is saved; zero for none. */
    public FileEvidenceStore leavingFree(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes to leave free are " + bytes + ", they must not be negative");
        }
        return with(new Caps(caps.count, caps.bytes, caps.age, bytes));
    }

    private FileEvidenceStore with(Caps other) {
        return new FileEvidenceStore(root, other);
    }

    private static int positive(String what, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(what + " is " + value + ", it must be more than zero");
        }
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    @Override
    public Path begin(Key key) throws IOException {
        Path group = Directories.create(root.resolve(key.profileId().orElse("ephemeral")));
        long free = Files.getFileStore(group).getUsableSpace();
        if (free < caps.free) {
            throw new IOException(
                    "the disk of " + root + " has " + free + " bytes left, and " + caps.free + " are to stay free");
        }
        Path unfinished = group.resolve(EvidenceRetention.UNFINISHED + name(key));
        try {
            return Files.createDirectory(unfinished, Directories.ownerOnly(unfinished));
        } catch (FileAlreadyExistsException left) {
            Directories.delete(
                    unfinished); // by a JVM that died at this very point, and had its token before a store lost its
            // count
            return Files.createDirectory(unfinished, Directories.ownerOnly(unfinished));
        }
    }

    @Override
    public Path complete(Key key, Path directory) throws IOException {
        Path kept = Files.move(directory, directory.resolveSibling(name(key)), StandardCopyOption.ATOMIC_MOVE);
        retention.start();
        return kept;
    }

    @Override
    public void discard(Key key, Path directory) throws IOException {
        if (Files.exists(directory)) {
            Directories.delete(directory);
        }
    }

    private static String name(Key key) {
        return TIME.format(key.savedAt()) + "-" + FileNames.of(key.requestId()) + "-" + key.token();
    }

    /** The directory above all. */
    public Path root() {
        return root;
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
