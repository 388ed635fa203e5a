package dev.browserpool.playwright;

import dev.browserpool.playwright.host.Directories;
import dev.browserpool.playwright.host.Durable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A store in a directory, which may be one that several hosts have mounted: NFS, or whatever renames a file in one step. Readable by its
 * owner only. Each file is written under another name, forced to the disk, and renamed.
 */
public final class DirectoryProfileStore implements ProfileStore {
    private static final Pattern KEY =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
    private static final String UNFINISHED = ".unfinished-";
    /** Longer than any file takes: whoever began it has died. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path root;

    private DirectoryProfileStore(Path root) {
        this.root = root;
    }

    /** A store there; made at the first use if it is missing. */
    public static DirectoryProfileStore in(Path directory) {
        return new DirectoryProfileStore(directory.toAbsolutePath().normalize());
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        Path directory = path(prefix.substring(0, prefix.length() - 1));
        List<String> keys = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (isKept(file)) {
                        keys.add(root.relativize(file).toString().replace('\\', '/'));
                    }
                    return FileVisitResult.CONTINUE;
                }

                /** Others store and delete meanwhile. */
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    return gone(failure);
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    return failure == null ? FileVisitResult.CONTINUE : gone(failure);
                }
            });
        }
        return keys;
    }

    private static FileVisitResult gone(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    private static boolean isKept(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        boolean unfinished = file.getFileName().toString().startsWith(UNFINISHED);
        if (unfinished && modified(file).isBefore(Instant.now().minus(ABANDONED))) {
            Files.deleteIfExists(file);
        }
        return !unfinished;
    }

    private static Instant modified(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException finished) {
            return Instant.MAX;
        }
    }

    @Override
    public void fetch(String key, Path to) throws IOException {
        Files.copy(path(key), to);
    }

    @Override
    public void store(String key, Path file) throws IOException {
        Path kept = path(key);
        Path directory = Directories.create(Durable.above(kept));
        Path unfinished = directory.resolve(UNFINISHED + UUID.randomUUID());
        try {
            Files.copy(file, unfinished);
            Durable.force(unfinished);
            Durable.move(unfinished, kept);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    @Override
    public void delete(String key) throws IOException {
        Files.deleteIfExists(path(key));
    }

    private Path path(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("key is '" + key + "', it must match " + KEY);
        }
        return root.resolve(key);
    }

    /** Names the directory. */
    @Override
    public String toString() {
        return root.toString();
    }
}
