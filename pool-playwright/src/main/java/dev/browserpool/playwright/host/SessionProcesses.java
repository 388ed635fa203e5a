package dev.browserpool.playwright.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes of one session: Playwright's driver, the browser that it started, which carries a switch of ours as a tag,
 * and whatever those started. Holds process handles only, never the session, so that a forgotten one can be collected. Any
 * thread.
 */
public final class SessionProcesses {
    private static final Logger LOG = LoggerFactory.getLogger(SessionProcesses.class);

    private final String name;
    private final String tag;
    private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Path temporary;
    private volatile @Nullable ProcessHandle driver;
    private volatile @Nullable ProcessHandle browser;
    private volatile @Nullable Path userData;
    private volatile boolean stopped;
    private volatile boolean driverSpared;

    /** The name is one that no other session of this machine has. */
    public SessionProcesses(String name) {
        this.name = name;
        this.tag = CommandLine.TAG + name;
    }

    /** The session's own directory for temporary files: a process that was given it belongs here, whatever else it left. */
    public void workingIn(Path directory) {
        temporary = directory;
    }

    /** Of the session, without the switch. */
    public String name() {
        return name;
    }

    /** The switch to launch the browser with. Chromium ignores switches that it does not know. */
    public String tag() {
        return tag;
    }

    /** Takes charge of a driver. One that comes after the stop does not live on. */
    public void drivenBy(ProcessHandle process) {
        driver = process;
        seen.add(process);
        if (stopped) {
            process.destroyForcibly();
            throw new IllegalStateException("the session was stopped while its driver started");
        }
    }

    /** The browser's main process, if it runs or was seen running. */
    public Optional<ProcessHandle> browser() {
        look();
        return Optional.ofNullable(browser);
    }

    /** The browser's main process, if it was seen running; without another look. */
    public Optional<ProcessHandle> known() {
        return Optional.ofNullable(browser);
    }

    /** The driver serves another session afterwards: whether it lives says nothing any more. */
    public void spareDriver() {
        driverSpared = true;
    }

    /** Whether the driver was spared, and not killed all the same. */
    public boolean isDriverSpared() {
        return driverSpared;
    }

    /** The directory that the browser was told to keep its state in. */
    public Optional<Path> userData() {
        return Optional.ofNullable(userData);
    }

    /** SIGKILL for the driver. Its browser notices the closed pipe, saves its state and exits by itself, unless it hangs. */
    public void killDriver() {
        stopped = true;
        driverSpared = false;
        look();
        Optional.ofNullable(driver).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** SIGKILL for everything that is left. Never SIGTERM: Chromium loses its cookies on it and leaves its lock. */
    public void killAll() {
        killDriver();
        alive().forEach(ProcessHandle::destroyForcibly);
    }

    /** Waits, whatever interrupts, and keeps the flag. Returns whether nothing is left. */
    public boolean awaitExit(Duration atMost) {
        look();
        return Deadline.in(atMost).await(() -> {
            if (alive().isEmpty()) {
                // Who was started a moment ago has not been seen yet.
                look();
            }
            return alive().isEmpty();
        });
    }

    /** Runs when the last of them is gone, on a thread of the JDK's. */
    public void onceGone(Runnable action) {
        CompletableFuture<?>[] exits =
                alive().stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> unused = CompletableFuture.allOf(exits).thenRun(action);
    }

    /** Those known that live, without a driver that is spared. */
    public List<ProcessHandle> alive() {
        return seen.stream()
                .filter(process -> !(driverSpared && process.equals(driver)))
                .filter(Processes::isAlive)
                .toList();
    }

    /**
     * Remembers who is there. A dead process's children belong to somebody else, so the family tree alone would not do: the
     * browser's process group holds together, and its crash handlers, which leave even that, share its environment.
     */
    private void look() {
        try {
            lookAround();
        } catch (RuntimeException e) {
            // Out of file descriptors, for one: what was seen before is killed all the same.
            LOG.warn("could not look at the processes of {}", tag, e);
        }
    }

    private void lookAround() {
        ProcessHandle parent = driver;
        if (parent == null) {
            return;
        }
        if (parent.isAlive()) {
            parent.descendants().forEach(seen::add);
        }
        if (browser == null) {
            ProcessHandle.allProcesses().filter(this::isMain).findFirst().ifPresent(this::found);
        }
        Optional.ofNullable(browser).ifPresent(main -> Processes.group(main).forEach(seen::add));
        Optional.ofNullable(temporary).stream()
                .flatMap(Processes::withTemporaryDirectory)
                .forEach(seen::add);
    }

    private void found(ProcessHandle process) {
        userData = CommandLine.of(process).userData().orElse(null);
        seen.add(process);
        browser = process;
    }

    /**
     * A browser forks itself to start others, and each fork looks like a second browser for a moment. One that became
     * nobody's child leads no group; one that leads a group is the real one's child.
     */
    private boolean isMain(ProcessHandle process) {
        return isTagged(process)
                && Processes.leadsGroup(process)
                && process.parent().filter(this::isTagged).isEmpty();
    }

    private boolean isTagged(ProcessHandle process) {
        return Processes.commandLine(process).contains(tag);
    }
}
