package dev.browserpool.playwright.directory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two browsers off one directory even where the pool can't: an operating system's lock on a file of ours in it, held
 * from before the launch until the browser's processes are gone. Whoever has it signs a record beside the lock.
 *
 * <p>The lock file is empty, and nothing else ever opens it. POSIX drops a process's lock on a file as soon as the process
 * closes any descriptor of that file, so neither its owner's record may be kept in it, nor may a second session of this JVM
 * so much as try.
 */
public final class ProfileGuard {
    private static final String LOCK_FILE = ProfileFiles.OURS + "lock";
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();
    /**
     * By the keys of their files, one for each: not to be closed while another copy of this class in the same JVM holds the lock, since
     * that would drop it. The next try is made on it, so that there are never more.
     */
    private static final Map<Object, FileChannel> LEFT_OPEN = new ConcurrentHashMap<>();

    /** How far its holder came, which decides what the record says afterwards. */
    private enum Stage {
        TAKEN,
        SIGNED,
        ANNOUNCED,
        OPENED,
        LAUNCHED,
        RELEASED
    }

    private final Path directory;
    private final FileLock lock;
    /** Which file is locked, whatever its path leads to later; null where files have no such key, nor can be deleted while they are open. */
    private final @Nullable Object file;

    private volatile Optional<GuardRecord> before;
    private volatile GuardRecord owner;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.TAKEN);

    private ProfileGuard(Path directory, GuardRecord owner, FileLock lock) throws IOException {
        this.directory = directory;
        this.owner = owner;
        this.lock = lock;
        this.file = key(directory);
        this.before = GuardRecord.read(directory);
    }

    /**
     * Takes the guard. Changes nothing in the directory yet.
     *
     * @param directory the real path of a profile's directory
     * @param owner who will sign
     * @throws DirectoryHeldException if somebody holds it; it says who
     * @throws NewerOwnerException if the record there has a greater token
     * @throws IOException if the record there can't be read
     */
    public static ProfileGuard take(Path directory, GuardRecord owner) throws IOException {
        if (!HELD_HERE.add(directory)) {
            throw new DirectoryHeldException(directory, lastKnown(directory));
        }
        FileChannel channel = null;
        try {
            channel = open(directory);
            FileLock lock = lock(channel, directory);
            if (lock == null) {
                throw new DirectoryHeldException(directory, lastKnown(directory));
            }
            ProfileGuard guard = new ProfileGuard(directory, owner, lock);
            guard.refuseOlder();
            return guard;
        } catch (IOException | RuntimeException | Error e) {
            giveUp(directory, channel);
            throw e;
        }
    }

    /** Somebody is on it, whatever can be read of him. */
    private static Optional<GuardRecord> lastKnown(Path directory) {
        try {
            return GuardRecord.read(directory);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static FileChannel open(Path directory) throws IOException {
        Path file = directory.resolve(LOCK_FILE);
        Object key = Files.exists(file) ? keyOf(directory) : null;
        FileChannel leftOpen = key == null ? null : LEFT_OPEN.remove(key);
        return leftOpen == null
                ? FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                : leftOpen;
    }

    private static @Nullable FileLock lock(FileChannel channel, Path directory) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            FileChannel unused = LEFT_OPEN.put(keyOf(directory), channel);
            return null;
        }
    }

    /** Where files have no keys, their directory's path is one. */
    private static Object keyOf(Path directory) throws IOException {
        return Objects.requireNonNullElse(key(directory), directory);
    }

    private void refuseOlder() throws NewerOwnerException {
        if (before.isPresent() && before.get().token() > owner.token()) {
            throw new NewerOwnerException(directory, before.get(), owner.token());
        }
    }

    private static @Nullable Object key(Path directory) throws IOException {
        return Files.readAttributes(directory.resolve(LOCK_FILE), BasicFileAttributes.class)
                .fileKey();
    }

    /**
     * Whether the directory is still the one that was guarded. If somebody deleted it, its browser may have written some of it anew, and
     * that is not the profile.
     */
    public boolean isIntact() {
        try {
            return Objects.equals(file, key(directory));
        } catch (IOException gone) {
            return false;
        }
    }

    /** Whether a directory was ever guarded. */
    public static boolean isOn(Path directory) {
        return Files.isDirectory(directory) && Files.exists(directory.resolve(LOCK_FILE));
    }

    /** Which is guarded. */
    public Path directory() {
        return directory;
    }

    /** Who signed last; empty if nobody ever did. */
    public Optional<GuardRecord> before() {
        return before;
    }

    /** Another state was put into the directory: whoever wrote that signed last. */
    public void found(GuardRecord record) throws IOException {
        if (stage.get() == Stage.TAKEN) {
            record.write(directory);
        }
        before = Optional.of(record);
    }

    /** Whether the last one's browser was not proven to have ended by itself. */
    public boolean isDirty() {
        return before.map(GuardRecord::dirty).orElse(false);
    }

    /**
     * Writes the owner's token into the directory, so that an older one is refused from now on.
     *
     * @param opened whether there is a state in it that the pool was told of; otherwise the token alone must not pass for one
     */
    public void sign(boolean opened) throws IOException {
        moveOn(Stage.TAKEN, Stage.SIGNED);
        owner = owner.withUnopened(!opened);
        owner.withDirty(true).write(directory);
    }

    /** The pool is about to be told that the newest state is here: the token stays, or nobody could open the directory. */
    public void announce() {
        moveOn(Stage.SIGNED, Stage.ANNOUNCED);
    }

    /** The pool was told. */
    public void opened() throws IOException {
        moveOn(Stage.ANNOUNCED, Stage.OPENED);
        if (owner.unopened()) {
            owner = owner.withUnopened(false);
            owner.withDirty(true).write(directory);
        }
    }

    /** A browser is about to be started: from now on only its proven end makes the directory clean. */
    public void launch() {
        moveOn(Stage.OPENED, Stage.LAUNCHED);
    }

    private void moveOn(Stage from, Stage to) {
        if (!stage.compareAndSet(from, to)) {
            throw new IllegalStateException("the guard of " + directory + " is " + stage.get() + ", so it can't be "
                    + to + ": the session was stopped while it was opened");
        }
    }

    /**
     * Gives it up; a second call does nothing. A directory that is not the one that was guarded is not signed, so that nobody takes it
     * for the profile's newest state.
     *
     * @param clean whether the browser, if one was started, is proven to have ended by itself
     */
    public void release(boolean clean) throws IOException {
        Stage reached = stage.getAndSet(Stage.RELEASED);
        if (reached == Stage.RELEASED) {
            return;
        }
        try {
            if (!isIntact()) {
                throw new IOException(
                        directory + " was deleted or replaced while it was guarded; what is there now is not the"
                                + " profile: put back a copy of it, or remove it and let a claim say"
                                + " createIfMissing()");
            }
            leaveRecord(reached, clean);
        } finally {
            giveUp(directory, lock.channel());
        }
    }

    private void leaveRecord(Stage reached, boolean clean) throws IOException {
        switch (reached) {
            case SIGNED -> {
                if (before.isPresent()) {
                    before.get().write(directory);
                } else {
                    GuardRecord.erase(directory);
                }
            }
            case ANNOUNCED, OPENED -> owner.withDirty(isDirty()).write(directory);
            case LAUNCHED -> owner.withDirty(!clean).write(directory);
            default -> {}
        }
    }

    private static void giveUp(Path directory, @Nullable FileChannel channel) throws IOException {
        try {
            if (channel != null && !LEFT_OPEN.containsValue(channel)) {
                channel.close();
            }
        } finally {
            HELD_HERE.remove(directory);
        }
    }
}
