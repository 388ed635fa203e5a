package dev.browserpool.playwright.directory;

import dev.browserpool.PoolEvent.ProfileConflict.Detector;
import dev.browserpool.playwright.host.Deadline;
import dev.browserpool.playwright.host.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sure, under the guard, that nobody is on a directory: a pool's orphan is ended, anybody else keeps it. */
public final class Vacancy {
    private static final Logger LOG = LoggerFactory.getLogger(Vacancy.class);
    /** For an orphan that is on its way out: it saves its state. */
    private static final Duration EXIT = Duration.ofSeconds(5);

    private static final int ORPHANS = 3;

    private Vacancy() {}

    /**
     * Returns if nobody is on it.
     *
     * @param directory the real path of a directory whose guard the caller has
     * @throws DirectoryHeldException if somebody is, or may be
     * @throws IOException if a lock that was left can't be removed
     */
    public static void require(Path directory) throws IOException {
        Occupancy seen = Probe.look(directory);
        for (int ended = 0; seen instanceof Occupancy.Ours orphan && ended < ORPHANS; ended++) {
            end(orphan.browser(), "it is on " + directory + ", and its session's JVM is gone");
            seen = Probe.look(directory);
        }
        if (seen instanceof Occupancy.Stale stale) {
            remove(stale.lock(), directory);
        } else if (!(seen instanceof Occupancy.Free)) {
            throw DirectoryHeldException.by(directory, seen, Detector.PROBE);
        }
    }

    /** A process without a JVM that would do it. Frozen, it would never end by itself. */
    public static void end(ProcessHandle process, String why) {
        if (Deadline.in(EXIT).await(() -> !Processes.isAlive(process))) {
            return;
        }
        LOG.warn("process {} is killed, with what it has not saved: {}", process.pid(), why);
        Processes.group(process).forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        Deadline.in(Processes.TO_VANISH).await(() -> !Processes.isAlive(process));
    }

    /** One of a dead process of this host stops no browser. One of a host that this container once was does, for ever. */
    private static void remove(SingletonLock lock, Path directory) throws IOException {
        if (!lock.isOfThisHost()) {
            LOG.info(
                    "{} was locked by process {} on {}, and nobody has it open: the lock is removed",
                    directory,
                    lock.pid(),
                    lock.host());
            SingletonLock.remove(directory);
        }
    }
}
