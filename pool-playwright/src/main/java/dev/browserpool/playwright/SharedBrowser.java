package dev.browserpool.playwright;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import dev.browserpool.playwright.host.FileNames;
import dev.browserpool.playwright.host.Processes;
import dev.browserpool.playwright.host.ResidentMemory;
import dev.browserpool.playwright.host.SessionProcesses;
import dev.browserpool.playwright.host.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One browser in which several sessions run at once, each by a driver of its own in a {@link Seat}. It belongs to none of them: it ends
 * when the last one has left. Any thread.
 */
final class SharedBrowser {
    private static final Logger LOG = LoggerFactory.getLogger(SharedBrowser.class);
    /** For a browser without state, before it is killed. */
    private static final Duration EXIT = Duration.ofSeconds(2);

    /** How long a context takes to end in a browser that is well. */
    private static final Duration PROMPTLY = Duration.ofMillis(500);

    private static final String CRASHED = "it was shared with other sessions, which have lost it as well";

    private final SessionSettings owner;
    private final String key;
    private final Consumer<SharedBrowser> ended;
    private final Footprint footprint;
    private final Usage usage = new Usage();
    private final CompletableFuture<BrowserServer> running = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Seat> working = new HashSet<>();
    private int taken;
    private volatile boolean retired;
    private volatile String fate = CRASHED;

    private SharedBrowser(SessionSettings owner, String key, Consumer<SharedBrowser> ended) {
        this.owner = owner;
        this.key = key;
        this.ended = ended;
        String name =
                FileNames.unique("shared-" + FileNames.of(owner.pool().config().name()));
        this.footprint = new Footprint(
                name, new SessionProcesses(name + "-" + ProcessHandle.current().pid()));
    }

    /**
     * Starts one, on a thread of its own: whoever wanted it may give up, and others come.
     *
     * @param how the launch that its sessions have in common
     * @param driver whose node and Playwright it takes, and which may be gone when it starts
     * @param ended hears when the last one has left
     * @return the first seat in it
     */
    static Seat start(
            SessionSettings owner,
            String key,
            BrowserType.LaunchOptions how,
            Driver driver,
            Consumer<SharedBrowser> ended) {
        SharedBrowser browser = new SharedBrowser(owner, key, ended);
        browser.taken = 1;
        browser.usage.count();
        List<String> command = Processes.commandLine(driver.process());
        Threads.daemon("shared-launch", () -> browser.launch(how, command)).start();
        return new Seat(browser);
    }

    private void launch(BrowserType.LaunchOptions how, List<String> driver) {
        try {
            Path temporary = footprint.temporary();
            BrowserServer server = BrowserServer.start(driver, temporary);
            footprint.servedBy(server.process());
            footprint.launching();
            String tag = footprint.processes().tag();
            server.launch(SharedLaunch.options(how, tag, temporary), owner.launchTimeout());
            if (footprint.processes().browser().isEmpty()) {
                throw new IOException("the shared browser's process can't be found: none carries " + tag);
            }
            footprint.browserRuns();
            if (!running.complete(server)) {
                footprint.processes().killAll(); // all have left meanwhile
            }
        } catch (IOException | InterruptedException | TimeoutException | RuntimeException | LinkageError e) {
            retired = true;
            running.completeExceptionally(e);
            footprint.processes().killAll();
        }
    }

    /** A seat in it for a session of this launch; empty if there is none, or none is to be given any more. */
    Optional<Seat> seat(SessionSettings sessions, String launchKey) {
        lock.lock();
        try {
            boolean fits = owner.equals(sessions) && key.equals(launchKey);
            if (!fits || isOver() || taken >= owner.reuse().sessionsPerBrowser() || !usage.tryCount(owner.reuse())) {
                return Optional.empty();
            }
            taken++;
            return Optional.of(new Seat(this));
        } finally {
            lock.unlock();
        }
    }

    /** Connects a driver to it, as soon as it runs. The driver sees its own contexts only. */
    Browser connect(Driver driver, Duration atMost) throws IOException, InterruptedException {
        try {
            BrowserServer unused = running.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the shared browser did not start: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException("the shared browser did not start within " + atMost, e);
        }
        BrowserType.ConnectOptions options = new BrowserType.ConnectOptions().setTimeout((double) atMost.toMillis());
        return driver.playwright().chromium().connect(SharedLaunch.endpoint(footprint.temporary()), options);
    }

    /** A session is at work in a seat. */
    void works(Seat seat) {
        lock.lock();
        try {
            working.add(seat);
        } finally {
            lock.unlock();
        }
    }

    /** That has ended. Traces have names that do not say whose they are: they go when nobody is at work. */
    void rests(Seat seat) {
        lock.lock();
        try {
            if (working.remove(seat) && working.isEmpty()) {
                footprint.deleteTraces();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a context is proven to be gone; without that proof the whole browser is killed, and the others told why. */
    boolean awaitGone(String context, String requestId, Duration atMost) {
        BrowserServer server = running.isDone() && !running.isCompletedExceptionally() ? running.join() : null;
        Duration atOnce = atMost.compareTo(PROMPTLY) < 0 ? atMost : PROMPTLY;
        if (server == null || !isAlive() || server.isWithout(context, atOnce)) {
            return true;
        }
        retired = true; // before it is decided: who came now would share its fate
        if (server.isWithout(context, atMost.minus(atOnce)) || !isAlive()) {
            return true;
        }
        kill("it was shared with request " + requestId + ", whose context did not end within " + atMost
                + " after it was told to, so the browser was killed");
        return false;
    }

    private void kill(String why) {
        LOG.warn("{}: {}", footprint.processes().name(), why);
        fate = why;
        retired = true;
        footprint.processes().killAll();
        footprint.processes().awaitExit(Processes.TO_VANISH);
    }

    /** The last one closes it. */
    void left(Seat seat) {
        rests(seat);
        boolean isLast;
        lock.lock();
        try {
            taken--;
            isLast = taken == 0;
            retired |= isLast;
        } finally {
            lock.unlock();
        }
        if (isLast) {
            close();
        }
    }

    private void close() {
        running.cancel(false);
        if (!running.isCompletedExceptionally()) {
            running.join().end();
        } else {
            footprint.processes().killDriver();
        }
        footprint.settle(EXIT);
        ended.accept(this);
    }

    /** Nobody new gets a seat in it. */
    void retire() {
        retired = true;
    }

    /** Whether it serves no further session: retired, dead, too old, or used too often. */
    boolean isOver() {
        return retired || usage.isOver(owner.reuse()) || (running.isDone() && !isAlive());
    }

    /** False before it runs. */
    boolean isAlive() {
        return footprint.processes().known().filter(Processes::isAlive).isPresent();
    }

    /** Why it died, for those who were in it. */
    String fate() {
        return fate;
    }

    Usage usage() {
        return usage;
    }

    /** The browser's main process; empty before it runs. */
    Optional<ProcessHandle> process() {
        return footprint.processes().known();
    }

    /** Bytes that its processes have resident. */
    long memory() {
        return running.isDone() && !running.isCompletedExceptionally()
                ? ResidentMemory.ofFamily(running.join().process())
                : 0;
    }
}
