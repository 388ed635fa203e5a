package dev.browserpool.playwright.host;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Directories that only their owner may read: they hold cookies and screenshots. */
public final class Directories {
    private static final Logger LOG = LoggerFactory.getLogger(Directories.class);
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private Directories() {}

    /** Creates it, and parents that are missing, readable by the owner alone. One that is there already stays as it is. */
    public static Path create(Path directory) throws IOException {
        return Files.createDirectories(directory, ownerOnly(directory));
    }

    /**
     * Takes from all but its owner what they may do in a directory, and says so in the log. Where there are no such permissions it does
     * nothing.
     *
     * @throws IOException if they can't be taken; the message says what to do
     */
    public static void closeToOthers(Path directory) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(directory, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> found = view.readAttributes().permissions();
        if (!OWNERS.containsAll(found)) {
            takeFromOthers(directory, view, found);
        }
    }

    private static void takeFromOthers(Path directory, PosixFileAttributeView view, Set<PosixFilePermission> found)
            throws IOException {
        Set<PosixFilePermission> left = EnumSet.copyOf(OWNERS);
        left.retainAll(found);
        try {
            view.setPermissions(left);
        } catch (IOException denied) {
            throw open(directory, view, denied);
        }
        if (!OWNERS.containsAll(view.readAttributes().permissions())) {
            throw open(directory, view, null);
        }
        LOG.warn(
                "{} was open to others ({}), and it holds cookies: it is open to its owner only now",
                directory,
                PosixFilePermissions.toString(found));
    }

    private static IOException open(Path directory, PosixFileAttributeView view, @Nullable IOException denied)
            throws IOException {
        return new IOException(
                directory + " holds cookies and is open to others ("
                        + PosixFilePermissions.toString(view.readAttributes().permissions())
                        + "), which could not be changed; let its owner, "
                        + view.getOwner().getName()
                        + ", say: chmod 700 " + directory
                        + " (on a file system that keeps no permissions, mount it with umask=077)",
                denied);
    }

    /** Deletes a tree, without following links. What vanishes in the meantime is fine: a dying browser cleans up as well. */
    public static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, DELETE);
    }

    /** What makes a new entry its owner's alone; nothing where a file system knows no owners. */
    public static FileAttribute<?>[] ownerOnly(Path where) {
        return where.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private static final FileVisitor<Path> DELETE = new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            if (problem instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw problem;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    };
}
