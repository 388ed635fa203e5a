package dev.browserpool.playwright;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import dev.browserpool.playwright.host.Processes;
import dev.browserpool.playwright.host.ResidentMemory;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A browser that can serve one session after the other, each with a context of its own. Its processes, temporary directory and reaper
 * are its own, not a session's. Used by one thread at a time: the session's, or, while it is idle, by whoever took it out of {@link
 * WarmBrowsers}.
 */
final class WarmBrowser {
    /** For a browser without state, before it is killed. */
    private static final Duration EXIT = Duration.ofSeconds(1);

    private final SessionSettings owner;
    private final String key;
    private final Driver driver;
    private final Browser browser;
    private final Footprint footprint;
    private final Optional<Seat> seat;
    private final Usage usage;
    private Browser.@Nullable NewContextOptions last;
    private @Nullable CDPSession pulse;
    private @Nullable Prepared prepared;
    private long idleSince;

    /** A context that was made ahead, and the options that it was made with. */
    private record Prepared(String key, BrowserContext context, Page page) {}

    /**
     * One that has been started.
     *
     * @param key its launch
     * @param seat where it is, if it is no browser of its own but a part of one that several share
     */
    WarmBrowser(
            SessionSettings owner,
            String key,
            Driver driver,
            Browser browser,
            Footprint footprint,
            Optional<Seat> seat) {
        this.owner = owner;
        this.key = key;
        this.driver = driver;
        this.browser = browser;
        this.footprint = footprint;
        this.seat = seat;
        this.usage = seat.map(taken -> taken.browser().usage()).orElseGet(Usage::new);
    }

    SessionSettings owner() {
        return owner;
    }

    Driver driver() {
        return driver;
    }

    Footprint footprint() {
        return footprint;
    }

    Usage usage() {
        return usage;
    }

    boolean serves(SessionSettings sessions, String launchKey) {
        return owner.equals(sessions) && key.equals(launchKey) && !isOver();
    }

    /** It is handed to its next session. False if those who came at the same time were the last that it may serve. */
    boolean begins() {
        return seat.isEmpty() || usage.tryCount(owner.reuse());
    }

    /** Whether it, or the one that it is a part of, serves no further session. */
    private boolean isOver() {
        return usage.isOver(owner.reuse())
                || seat.filter(taken -> taken.browser().isOver()).isPresent();
    }

    /** The browser's main process; empty where it could not be told from others. */
    Optional<ProcessHandle> process() {
        return seat.isPresent() ? seat.get().process() : footprint.processes().known();
    }

    /** Why it died, if it was not alone. */
    Optional<String> fate() {
        return seat.map(taken -> taken.browser().fate());
    }

    /** The next session's context: the one that was made ahead, if its options are the same. */
    BrowserContext context(Browser.NewContextOptions options) {
        if (seat.isEmpty()) {
            usage.count(); // who shares one was counted when he got his seat
        }
        driver.usage().count();
        seat.ifPresent(Seat::works);
        last = options;
        Prepared ready = prepared;
        prepared = null;
        if (ready != null && ready.key().equals(LaunchKey.of(options))) {
            return ready.context();
        }
        if (ready != null) {
            ready.context().close();
        }
        BrowserContext context = browser.newContext(options);
        seat.ifPresent(taken -> taken.open(context));
        return context;
    }

    /** Whether it is a part of one that several share. */
    boolean isShared() {
        return seat.isPresent();
    }

    /** Whether it may serve another session after one that was closed in order. */
    boolean isReusable() {
        return !owner.isClosed()
                && !isOver()
                && isAlive()
                && browser.isConnected()
                && browser.contexts().isEmpty();
    }

    void rest() {
        idleSince = System.nanoTime();
    }

    /** Whether it was idle for too long, is too old, or is dead. */
    boolean isStale() {
        boolean idle = System.nanoTime() - idleSince >= owner.reuse().idleTime().toNanos();
        return idle || isOver() || !isAlive();
    }

    boolean isAlive() {
        return Processes.isAlive(driver.process())
                && process().filter(it -> !Processes.isAlive(it)).isEmpty();
    }

    /** Whether it lives and answers, within a time of our own. */
    boolean isSound() {
        return isAlive() && passes(SoundCheck.PROMPTLY, this::ask);
    }

    private boolean passes(Duration atMost, Runnable question) {
        return SoundCheck.passes(owner.watchdog(), atMost, footprint.processes()::killDriver, question);
    }

    private void ask() {
        Prepared ready = prepared;
        CDPSession session = pulse;
        if (ready != null) {
            ready.page().evaluate("1");
        } else if (session != null) {
            session.send("Browser.getVersion");
        }
    }

    /**
     * What is better done while nobody waits. Returns whether it is still good for a session.
     *
     * @param isAwaited whether somebody waits for a browser: he makes his context himself as quickly, and another session may have the
     *     processor meanwhile
     */
    boolean tend(BooleanSupplier isAwaited) {
        deleteTraces();
        long memory = ResidentMemory.ofFamily(driver.process())
                + seat.map(taken -> taken.browser().memory()).orElse(0L);
        if (memory > owner.reuse().maxMemory()) {
            seat.ifPresent(taken -> taken.browser().retire());
            return false;
        }
        return passes(SoundCheck.AT_LEISURE, () -> prepare(isAwaited));
    }

    /** What was not saved of them, and what was. */
    private void deleteTraces() {
        if (seat.isPresent()) {
            seat.get().rests();
        } else {
            footprint.deleteTraces();
        }
    }

    private void prepare(BooleanSupplier isAwaited) {
        if (pulse == null && owner.kind() == BrowserKind.CHROMIUM) {
            pulse = browser.newBrowserCDPSession();
        }
        Browser.NewContextOptions options = last;
        if (options != null && owner.reuse().prepared() && canBeMadeAhead(options) && !isAwaited.getAsBoolean()) {
            BrowserContext context = browser.newContext(options);
            Page page = seat.isPresent() ? seat.get().open(context) : context.newPage();
            prepared = new Prepared(LaunchKey.of(options), context, page);
        }
    }

    /** Without files that may change before the session comes, or that it expects to be its own. */
    private static boolean canBeMadeAhead(Browser.NewContextOptions options) {
        return options.storageState == null
                && options.storageStatePath == null
                && options.recordHarPath == null
                && options.recordVideoDir == null;
    }

    /** Closes the browser and keeps its driver, if that has not served its time. */
    Optional<Driver> close() {
        boolean inOrder = passes(SoundCheck.PROMPTLY, browser::close);
        boolean keep = inOrder && !owner.isClosed() && !driver.usage().isOver(owner.reuse());
        if (keep && footprint.settleSparingDriver(exit())) {
            return Optional.of(driver);
        }
        discard();
        return Optional.empty();
    }

    /** There is no state to be saved. */
    void discard() {
        footprint.processes().killAll();
        footprint.settle(exit());
        footprint.endThreads();
    }

    /** Others may be in the browser that it is a part of, which must not be killed only because the machine is busy. */
    private Duration exit() {
        return seat.isPresent() ? SoundCheck.AT_LEISURE : EXIT;
    }
}
