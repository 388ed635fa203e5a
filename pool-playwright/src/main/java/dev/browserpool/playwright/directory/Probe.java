package dev.browserpool.playwright.directory;

import dev.browserpool.playwright.host.CommandLine;
import dev.browserpool.playwright.host.FileLocks;
import dev.browserpool.playwright.host.Processes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks whether a browser is on a profile's directory, and changes nothing: launching one to find out makes Chromium kill an owner
 * that hangs, and lets two headless shells overwrite each other's state.
 *
 * <p>Three things tell. Its storage's lock file is locked from the launch to the exit by each of them, and the kernel says by whom.
 * Chromium's own lock names host and process. And a browser that has just been started has the directory on its command line.
 */
public final class Probe {
    private static final String STORAGE_LOCK = "Default/Local Storage/leveldb/LOCK";

    private Probe() {}

    /**
     * Looks.
     *
     * @param directory the real path of a profile's directory; whoever acts on the answer has its guard
     */
    public static Occupancy look(Path directory) {
        try {
            Optional<Occupancy> held = byStorage(directory).or(() -> byCommandLine(directory));
            return held.isPresent() ? held.get() : bySingletonLock(directory);
        } catch (IOException | RuntimeException unreadable) {
            return new Occupancy.Unknown(unreadable.toString());
        }
    }

    /** The process that has the browser's storage in a directory open; empty if none has, or nobody can tell. */
    public static OptionalLong storageHolder(Path directory) throws IOException {
        return FileLocks.holder(directory.resolve(STORAGE_LOCK));
    }

    private static Optional<Occupancy> byStorage(Path directory) throws IOException {
        OptionalLong holder = storageHolder(directory);
        return holder.isEmpty() ? Optional.empty() : Optional.of(occupant(holder.getAsLong()));
    }

    private static Optional<Occupancy> byCommandLine(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(process -> CommandLine.of(process).opens(directory) && Processes.isAlive(process))
                .map(ProcessHandle::pid)
                .findFirst()
                .map(Probe::occupant);
    }

    private static Occupancy bySingletonLock(Path directory) throws IOException {
        Optional<SingletonLock> lock = SingletonLock.read(directory);
        if (lock.isEmpty()) {
            return new Occupancy.Free();
        }
        SingletonLock found = lock.get();
        if (!found.isOfThisHost()) {
            return isStorageLocked(directory)
                    ? new Occupancy.HeldElsewhere(found.host(), found.pid())
                    : new Occupancy.Stale(found);
        }
        boolean lives = ProcessHandle.of(found.pid())
                .filter(Processes::isAlive)
                .filter(process -> CommandLine.of(process).mayBeBrowserOn(directory))
                .isPresent();
        return lives ? occupant(found.pid()) : new Occupancy.Stale(found);
    }

    /** A process that is known to have a directory open. */
    public static Occupancy occupant(long pid) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        CommandLine command = process.map(CommandLine::of).orElseGet(() -> new CommandLine(List.of()));
        return process.filter(Processes::isInOurNamespace).isPresent() && command.isOrphanOfAPool(process.get())
                ? new Occupancy.Ours(process.get())
                : new Occupancy.HeldLocally(pid, command.forPeople());
    }

    /**
     * Whoever is in another namespace is not listed by the kernel, but his lock counts. Tried only where another host's name keeps
     * every browser of this host out anyway, so that nobody is disturbed by the moment for which it is held.
     */
    private static boolean isStorageLocked(Path directory) throws IOException {
        Path file = directory.resolve(STORAGE_LOCK);
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        }
    }
}
