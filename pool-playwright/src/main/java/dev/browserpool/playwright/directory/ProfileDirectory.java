package dev.browserpool.playwright.directory;

import dev.browserpool.PoolEvent.ProfileConflict.Detector;
import dev.browserpool.playwright.host.Deadline;
import dev.browserpool.playwright.host.Directories;
import dev.browserpool.playwright.host.FileLocks;
import dev.browserpool.playwright.host.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Where the profiles of a root live: each in a directory of its name. Chromium opens the user's default profile in silence
 * when it is pointed to something else, so whatever is no directory of ours is refused before the launch.
 */
public final class ProfileDirectory {
    private ProfileDirectory() {}

    /**
     * The real path of a profile's directory, made if it is missing, readable by its owner only: one that is open to others is closed
     * to them.
     *
     * @throws IOException if it is no directory, leads out of the root, can't be written or can't be closed to others; the message
     *     says which
     */
    public static Path prepare(Path root, String profileId) throws IOException {
        Path realRoot = Directories.create(root.toAbsolutePath()).toRealPath();
        Path directory = realRoot.resolve(profileId);
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Directories.create(directory);
        }
        if (!Files.exists(directory)) {
            throw new IOException(directory + " is a link to nowhere; remove it, or make what it points to");
        }
        Path real = directory.toRealPath();
        if (!real.startsWith(realRoot) || real.equals(realRoot)) {
            throw new IOException(directory + " leads out of the profiles directory, to " + real
                    + "; a profile is a directory inside it");
        }
        if (!Files.isDirectory(real)) {
            throw new IOException(directory + " is not a directory; move it away, or use another profile id");
        }
        if (!Files.isWritable(real)) {
            throw new IOException(directory + " can't be written by user " + System.getProperty("user.name"));
        }
        Directories.closeToOthers(real);
        return real;
    }

    /**
     * Waits until a browser process has opened this very directory.
     *
     * @param atMost how long
     * @throws DirectoryHeldException if somebody else has it open
     * @throws IOException if it has opened something else
     */
    public static void requireOpenedBy(ProcessHandle browser, Path directory, Duration atMost) throws IOException {
        if (Deadline.in(atMost).await(() -> isOpenedBy(browser, directory))) {
            return;
        }
        OptionalLong other = Probe.storageHolder(directory);
        if (other.isPresent() && other.getAsLong() != browser.pid()) {
            throw DirectoryHeldException.by(directory, Probe.occupant(other.getAsLong()), Detector.BROWSER);
        }
        if (!hasTraceOf(browser, directory)) {
            throw new IOException("browser " + browser.pid() + " did not open " + directory + " but something else");
        }
    }

    /**
     * Whether a browser process has opened this very directory: its command line says so, and so does what it left there. Where the
     * kernel tells who has the storage open, that decides.
     */
    private static boolean isOpenedBy(ProcessHandle browser, Path directory) {
        return FileLocks.canTell()
                ? isToldToOpen(browser, directory) && hasStorageOpen(browser, directory)
                : hasTraceOf(browser, directory);
    }

    private static boolean hasStorageOpen(ProcessHandle browser, Path directory) {
        try {
            OptionalLong holder = Probe.storageHolder(directory);
            return holder.isPresent() && holder.getAsLong() == browser.pid();
        } catch (IOException unreadable) {
            return hasTraceOf(browser, directory);
        }
    }

    /**
     * The weaker proof, for where the kernel does not tell. Chromium's own lock names its owner; the headless shell has no such lock,
     * but makes its store.
     */
    private static boolean hasTraceOf(ProcessHandle browser, Path directory) {
        return isToldToOpen(browser, directory)
                && (SingletonLock.isIn(directory)
                        ? hasLockOf(browser, directory)
                        : Files.isDirectory(directory.resolve("Default")));
    }

    private static boolean isToldToOpen(ProcessHandle browser, Path directory) {
        return Processes.commandLine(browser).contains("--user-data-dir=" + directory);
    }

    /** Whether Chromium's own lock in a directory names this process. One that ended in order took it away. */
    public static boolean hasLockOf(ProcessHandle browser, Path directory) {
        try {
            return SingletonLock.read(directory)
                    .filter(lock -> lock.pid() == browser.pid())
                    .isPresent();
        } catch (IOException | UnsupportedOperationException none) {
            return false;
        }
    }
}
