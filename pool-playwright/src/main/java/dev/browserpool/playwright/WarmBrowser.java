package dev.browserpool.playwright;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.Optional;
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
    private final Usage usage = new Usage();
    private Browser.@Nullable NewContextOptions last;
    private @Nullable CDPSession pulse;
    private @Nullable Prepared prepared;
    private long idleSince;

    /** A context that was made ahead, and the options that it was made with. */
    private record Prepared(String key, BrowserContext context, Page page) {}

    WarmBrowser(SessionSettings owner, String key, Driver driver, Browser browser, Footprint footprint) {
        this.owner = owner;
        this.key = key;
        this.driver = driver;
        this.browser = browser;
        this.footprint = footprint;
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
        return owner.equals(sessions) && key.equals(launchKey) && !usage.isOver(owner.reuse());
    }

    /** The next session's context: the one that was made ahead, if its options are the same. */
    BrowserContext context(Browser.NewContextOptions options) {
        usage.count();
        driver.usage().count();
        last = options;
        Prepared ready = prepared;
        prepared = null;
        if (ready != null && ready.key().equals(LaunchKey.of(options))) {
            return ready.context();
        }
        if (ready != null) {
            ready.context().close();
        }
        return browser.newContext(options);
    }

    /** Whether it may serve another session after one that was closed in order. */
    boolean isReusable() {
        return !owner.isClosed()
                && !usage.isOver(owner.reuse())
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
        return idle || usage.isOver(owner.reuse()) || !isAlive();
    }

    private boolean isAlive() {
        return Processes.isAlive(driver.process())
                && footprint
                        .processes()
                        .known()
                        .filter(it -> !Processes.isAlive(it))
                        .isEmpty();
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

    /** What is better done while nobody waits. Returns whether it is still good for a session. */
    boolean tend() {
        long memory = ResidentMemory.ofFamily(driver.process());
        return memory <= owner.reuse().maxMemory() && passes(SoundCheck.AT_LEISURE, this::prepare);
    }

    private void prepare() {
        if (pulse == null && owner.kind() == BrowserKind.CHROMIUM) {
            pulse = browser.newBrowserCDPSession();
        }
        Browser.NewContextOptions options = last;
        if (options != null && owner.reuse().prepared() && canBeMadeAhead(options)) {
            BrowserContext context = browser.newContext(options);
            prepared = new Prepared(LaunchKey.of(options), context, context.newPage());
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
        if (keep && footprint.settleSparingDriver(EXIT)) {
            return Optional.of(driver);
        }
        discard();
        return Optional.empty();
    }

    /** There is no state to be saved. */
    void discard() {
        footprint.processes().killAll();
        footprint.settle(EXIT);
        footprint.endThreads();
    }
}
