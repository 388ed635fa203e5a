package dev.browserpool.playwright;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two browsers off one directory even where the pool can't: an operating system's lock on a file of ours in it, held
 * from before the launch until the browser's processes are gone.
 *
 * <p>The lock file is empty, and nothing else ever opens it. POSIX drops a process's lock on a file as soon as the process
 * closes any descriptor of that file, so neither its owner's record may be kept in it, nor may a second session of this JVM
 * so much as try.
 */
final class ProfileGuard {
    private static final String LOCK_FILE = ".browser-pool.lock";
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();
    /** Never closed, since that would drop the lock of whoever holds it: another copy of this class in the same JVM. */
    private static final Queue<FileChannel> LEFT_OPEN = new ConcurrentLinkedQueue<>();

    private final Path directory;
    private final FileLock lock;

    private ProfileGuard(Path directory, FileLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Takes the guard and leaves the new owner's record beside it.
     *
     * @param directory the real path of a profile's directory
     * @throws IOException if somebody holds it, or a record there has a greater token; the message says who
     */
    static ProfileGuard take(Path directory, GuardRecord owner) throws IOException {
        if (!HELD_HERE.add(directory)) {
            throw held(directory);
        }
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lock(channel);
            if (lock == null) {
                throw held(directory);
            }
            refuseOlder(directory, owner);
            owner.write(directory);
            return new ProfileGuard(directory, lock);
        } catch (IOException | RuntimeException | Error e) {
            giveUp(directory, channel);
            throw e;
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            LEFT_OPEN.add(channel);
            return null;
        }
    }

    private static void refuseOlder(Path directory, GuardRecord owner) throws IOException {
        Optional<GuardRecord> before = GuardRecord.read(directory);
        if (before.isPresent() && before.get().token() > owner.token()) {
            throw new IOException(directory + " was last opened under fencing token "
                    + before.get().token() + " by "
                    + before.get().describe() + ", which is newer than " + owner.token()
                    + "; this lease is an old one, or the pool's store has lost its count");
        }
    }

    private static IOException held(Path directory) throws IOException {
        return new IOException(directory + " is in use by "
                + GuardRecord.read(directory).map(GuardRecord::describe).orElse("another process")
                + "; nothing was launched");
    }

    /** Gives it up; a second call does nothing. */
    void release() throws IOException {
        if (lock.isValid()) {
            giveUp(directory, lock.channel());
        }
    }

    private static void giveUp(Path directory, @Nullable FileChannel channel) throws IOException {
        try {
            if (channel != null && !LEFT_OPEN.contains(channel)) {
                channel.close();
            }
        } finally {
            HELD_HERE.remove(directory);
        }
    }
}
