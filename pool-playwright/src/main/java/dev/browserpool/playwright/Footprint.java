package dev.browserpool.playwright;

import dev.browserpool.playwright.directory.ProfileDirectory;
import dev.browserpool.playwright.directory.ProfileGuard;
import dev.browserpool.playwright.host.Deadline;
import dev.browserpool.playwright.host.Directories;
import dev.browserpool.playwright.host.Processes;
import dev.browserpool.playwright.host.Reaper;
import dev.browserpool.playwright.host.SessionProcesses;
import dev.browserpool.playwright.host.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that a session leaves on the machine: processes, Playwright's threads, a temporary directory, the guard of its
 * profile's directory.
 * Knows neither session nor lease, so that it can be cleared away when both are forgotten.
 */
final class Footprint {
    private static final Logger LOG = LoggerFactory.getLogger(Footprint.class);

    private final String requestId;
    private final SessionProcesses processes;
    private final AtomicReference<@Nullable Path> temporary = new AtomicReference<>();
    private final AtomicReference<@Nullable Reaper> reaper = new AtomicReference<>();
    private final AtomicReference<@Nullable ProfileGuard> guard = new AtomicReference<>();
    private final AtomicReference<@Nullable Seat> seat = new AtomicReference<>();
    private volatile Rest rest;
    private volatile DriverThreads threads = DriverThreads.NONE;
    private volatile boolean erased;
    private final Filling filling = new Filling();

    /** Whether the browser's directory is one that Playwright made: a profile's is never deleted, whatever it is called. */
    private volatile boolean ephemeral = true;

    Footprint(String requestId, SessionProcesses processes) {
        this.requestId = requestId;
        this.processes = processes;
        this.rest = new Rest(requestId);
    }

    SessionProcesses processes() {
        return processes;
    }

    /** The same work, known to fill this: whatever becomes of the session, files and guard are not given up before it is over. */
    <T> Callable<T> filledBy(Callable<T> work) {
        return filling.by(work);
    }

    /** Takes charge of a driver. */
    void drivenBy(Driver driver) {
        threads = driver.threads();
        Optional.ofNullable(reaper.get()).ifPresent(waiting -> waiting.drivenBy(driver.process()));
        processes.drivenBy(driver.process());
    }

    /** Takes charge of the process that runs a browser for several sessions. */
    void servedBy(ProcessHandle server) {
        Optional.ofNullable(reaper.get()).ifPresent(waiting -> waiting.drivenBy(server));
        processes.drivenBy(server);
    }

    /** Its browser runs: what only its command line says must be known before it ends, and this JVM with it. */
    void browserRuns() {
        playwrightsOwn()
                .ifPresent(data -> Optional.ofNullable(reaper.get()).ifPresent(waiting -> waiting.removes(data)));
    }

    private Optional<Path> playwrightsOwn() {
        return processes
                .userData()
                .filter(path -> ephemeral)
                .filter(path -> path.getFileName().toString().startsWith("playwright_"));
    }

    /** Its browser is one that others are in as well: what ends is the driver, and what it opened there. */
    void seatedIn(Seat taken) {
        seat.set(taken);
        refuseIfErased();
    }

    /** A browser is about to be started. */
    void launching() {
        refuseIfErased();
        Optional.ofNullable(guard.get()).ifPresent(ProfileGuard::launch);
    }

    void guardedBy(ProfileGuard taken) {
        ephemeral = false;
        guard.set(taken);
        refuseIfErased();
    }

    boolean isGuarded() {
        return guard.get() != null;
    }

    /** Its directory was only copied: others may have it. */
    void leaveGuard() throws IOException {
        ProfileGuard held = guard.getAndSet(null);
        if (held != null) {
            held.release(true);
        }
    }

    /** What is to be done with its profile when the processes are gone. */
    void restingBy(ProfileRest profile) {
        rest.of(profile);
    }

    Rest rest() {
        return rest;
    }

    /** Another session is in it now. */
    void restBy(Rest next) {
        rest = next;
    }

    /** Its session goes on in something else. */
    void abandon() {
        rest = new Rest(requestId);
    }

    /** Its session is over, and it goes on without one. */
    void passOn() {
        Rest over = rest;
        rest = new Rest(over.requestId()); // whose context it was, if it does not end
        over.begin(true, clean -> {});
    }

    /** A directory of the session's own, for what the browser and its driver put aside; made at the first call. */
    Path temporary() throws IOException {
        Path there = temporary.get();
        return there == null ? makeTemporary() : there;
    }

    private Path makeTemporary() throws IOException {
        Path made = TemporaryDirectory.create();
        temporary.set(made);
        processes.workingIn(made);
        Reaper.start(processes.name(), made).ifPresent(reaper::set);
        refuseIfErased();
        return made;
    }

    boolean isErased() {
        return erased;
    }

    /** An opening that was given up, and is so slow that it did not notice, leaves nothing either. */
    private void refuseIfErased() {
        if (erased) {
            tidyUp(true, false);
            throw new IllegalStateException("the session was stopped while it was opened");
        }
    }

    /** For a browser that was told to close: waits for its exit, kills what is left, tidies up. */
    boolean settle(Duration exit) {
        Deadline deadline = Deadline.in(exit);
        boolean gone = false;
        boolean byItself = false;
        try {
            byItself = processes.awaitExit(exit);
            if (!byItself) {
                LOG.warn("{}: {} did not end within {}, killing them", requestId, processes.alive(), exit);
                processes.killAll();
            }
            gone = byItself || processes.awaitExit(Processes.TO_VANISH);
            byItself &= leaveSeat(deadline.left());
            return byItself;
        } finally {
            tidyUp(gone, byItself);
        }
    }

    private boolean leaveSeat(Duration atMost) {
        Seat taken = seat.getAndSet(null);
        Duration enough = atMost.compareTo(Processes.TO_VANISH) > 0 ? atMost : Processes.TO_VANISH;
        return taken == null || taken.leave(rest.requestId(), enough);
    }

    /** For a browser that was told to close while its driver lives on; killed with it if it does not. */
    boolean settleSparingDriver(Duration exit) {
        processes.spareDriver();
        return settle(exit);
    }

    /** For a browser that must end now. Its driver goes first: a sound browser then saves its state and exits by itself. */
    boolean erase(Duration exit) {
        processes.killDriver();
        return settle(exit);
    }

    /** Clean is a directory whose browser ended by itself. */
    private void tidyUp(boolean gone, boolean clean) {
        erased = true;
        leaveSeat(Duration.ZERO);
        if (!gone) {
            LOG.error("{}: {} survived SIGKILL; its profile stays locked until they end", requestId, processes.alive());
        }
        if (!processes.isDriverSpared()) {
            threads.endWriters();
        }
        filling.whenOver(requestId, gone, clean, this::giveUpFiles);
    }

    private void giveUpFiles(boolean gone, boolean clean) {
        try {
            Optional.ofNullable(temporary.getAndSet(null)).ifPresent(this::delete);
            // The driver's own, if it was killed before it could remove it.
            playwrightsOwn().ifPresent(this::delete);
        } finally {
            if (gone) {
                leave(clean);
            } else {
                processes.onceGone(() -> leave(false));
            }
        }
    }

    private void leave(boolean clean) {
        Optional.ofNullable(reaper.getAndSet(null)).ifPresent(Reaper::dismiss);
        ProfileGuard held = guard.getAndSet(null);
        boolean sound = clean && (held == null || (held.isIntact() && !crashedOn(held.directory())));
        rest.begin(sound, asFound -> Optional.ofNullable(held).ifPresent(guarded -> release(guarded, asFound)));
    }

    /** For when nobody can be inside Playwright any more. */
    void endThreads() {
        threads.end();
    }

    private void release(ProfileGuard held, boolean clean) {
        try {
            held.release(clean);
        } catch (IOException e) {
            LOG.warn("{}: the guard of its profile was not given up cleanly", requestId, e);
        }
    }

    /** It may have died long before it was told to close. */
    private boolean crashedOn(Path profile) {
        return processes
                .browser()
                .filter(browser -> ProfileDirectory.hasLockOf(browser, profile))
                .isPresent();
    }

    /** Between two sessions, or they would pile up. */
    void deleteTraces() {
        Optional.ofNullable(temporary.get())
                .map(directory -> directory.resolve(Launch.TRACES))
                .ifPresent(this::delete);
    }

    private void delete(Path directory) {
        try {
            if (Files.exists(directory)) {
                Directories.delete(directory);
            }
        } catch (IOException e) {
            LOG.warn("{}: could not delete {}", requestId, directory, e);
        }
    }
}
