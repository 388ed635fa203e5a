package dev.browserpool.playwright;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserPoolException;
import dev.browserpool.playwright.host.Deadline;
import dev.browserpool.playwright.host.Threads;
import dev.browserpool.playwright.host.Watchdog;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The browsers of one pool in this JVM: how many are at work, and those that wait for their next session. All together are never
 * more than the pool's slots: whoever needs room closes an idle one first. Knows of those at work their number only.
 */
final class WarmBrowsers {
    private static final Logger LOG = LoggerFactory.getLogger(WarmBrowsers.class);
    private static final ReentrantLock POOLS = new ReentrantLock();
    private static volatile boolean jvmEnds;
    private static final Map<BrowserPool, WarmBrowsers> ALL = new WeakHashMap<>();
    private static final long LIMIT_IS_GOOD_FOR = Duration.ofSeconds(1).toNanos();
    private static final Duration SLACK = Duration.ofMillis(1);

    /** In which whoever gets the slot of a session that has just ended comes for its browser. */
    private static final Duration A_MOMENT = Duration.ofMillis(50);

    private final Roster roster = new Roster();
    private final SharedBrowsers shared = new SharedBrowsers();
    private final WeakReference<BrowserPool> pool;
    private final Watchdog clock = new Watchdog();
    private volatile int limit;
    private volatile long limitAtNanos;

    private WarmBrowsers(BrowserPool pool) {
        this.pool = new WeakReference<>(pool);
        this.limit = pool.config().maxBrowsers();
        this.limitAtNanos = System.nanoTime() - LIMIT_IS_GOOD_FOR;
    }

    /** Those of a pool. */
    static WarmBrowsers of(BrowserPool pool) {
        POOLS.lock();
        try {
            return ALL.computeIfAbsent(pool, WarmBrowsers::new);
        } finally {
            POOLS.unlock();
        }
    }

    /** How many browsers are ready for a session. */
    int idle() {
        return roster.idle();
    }

    /**
     * Takes a place: with a sound browser of this launch if one is idle, or with a driver if that is. Closes what would be too much.
     *
     * @param key the launch; empty if the session needs a browser of its own
     */
    Place enter(SessionSettings sessions, Optional<String> key) throws InterruptedException {
        roster.count(1);
        Place place = new Place(this);
        try {
            // Counted first: a browser that begins to wait from now on is seen by whoever got the slot that it was in.
            int most = roster.isIdle() ? limit() : Integer.MAX_VALUE;
            Roster.Found found = roster.find(sessions, key, most, false);
            while (!found.isNothing() && !isTaken(found, sessions, place)) {
                found = roster.find(sessions, key, most, place.hasDriver());
            }
            return place;
        } catch (InterruptedException | RuntimeException | Error e) {
            place.leave();
            throw e;
        }
    }

    /** Those that several sessions share. */
    SharedBrowsers shared() {
        return shared;
    }

    /** Whether the place has what it needs. */
    private static boolean isTaken(Roster.Found found, SessionSettings sessions, Place place) {
        WarmBrowser browser = found.browser();
        WarmDriver driver = found.driver();
        if (browser != null && found.isToGo()) {
            browser.close().ifPresent(left -> {
                if (browser.owner().equals(sessions) && !place.hasDriver()) {
                    place.has(WarmDriver.idle(left, sessions));
                } else {
                    left.end(browser.owner().watchdog());
                }
            });
        } else if (browser != null && browser.isSound()) {
            place.has(browser);
            return true;
        } else if (browser != null) {
            browser.discard();
        } else if (driver != null && !found.isToGo() && driver.isSound()) {
            place.has(driver);
        } else if (driver != null) {
            driver.close();
        }
        return false;
    }

    void left() {
        roster.count(-1);
    }

    /** A session leaves its browser. It is got ready for the next one at once, which waits for that. */
    void keep(WarmBrowser warm) {
        warm.rest();
        roster.tends(warm);
        Thread tending = Threads.daemon("warm-tend", () -> tend(warm));
        try {
            tending.start();
        } catch (OutOfMemoryError noThread) {
            tend(warm); // or whoever waits for it would wait for ever
        }
    }

    private void tend(WarmBrowser warm) {
        boolean good = false;
        try {
            good = warm.tend(() -> isUnwanted(warm.owner()) || roster.isAwaited(A_MOMENT)) && !isUnwanted(warm.owner());
        } finally {
            tendedTo(warm, good);
        }
        if (good) {
            watch(warm.usage(), warm.owner(), warm.process());
        }
    }

    private void tendedTo(WarmBrowser warm, boolean good) {
        try {
            if (!good) {
                warm.discard();
            }
        } finally {
            roster.tendedTo(warm, good);
        }
        if (!good && warm.isShared()) {
            sweepElsewhere(); // others wait in the same browser
        }
    }

    /** A session leaves its driver. */
    void keep(WarmDriver warm) {
        roster.has(warm);
        watch(warm.driver().usage(), warm.owner(), Optional.of(warm.driver().process()));
    }

    /** What ends early, or is not wanted any more, is cleared away at once; the rest when its time is over. */
    private void watch(Usage usage, SessionSettings owner, Optional<ProcessHandle> process) {
        if (usage.isWatchedFirst()) {
            process.ifPresent(it -> {
                CompletableFuture<Void> unused = it.onExit().thenRun(this::sweepElsewhere);
            });
        }
        Duration idle = owner.reuse().idleTime();
        Duration left = usage.left(owner.reuse());
        Duration soonest = left.compareTo(idle) < 0 ? left : idle;
        clock.after(soonest.plus(SLACK), this::sweepElsewhere);
        if (isUnwanted(owner)) {
            sweep();
        }
    }

    private void sweepElsewhere() {
        Threads.daemon("warm-sweep", this::sweep).start();
    }

    /** Closes what nobody is to get any more. */
    private void sweep() {
        Roster.Stale stale = roster.takeStale(this::isUnwanted);
        stale.drivers().forEach(driver -> attempt(driver::close));
        stale.browsers().forEach(browser -> attempt(() -> closeForGood(browser)));
    }

    /** One that can't be closed keeps no other from that. */
    private static void attempt(Runnable closing) {
        try {
            closing.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("closing what was kept warm failed", e);
        }
    }

    private void closeForGood(WarmBrowser old) {
        try {
            old.close().ifPresent(driver -> driver.end(old.owner().watchdog()));
        } finally {
            roster.gone();
        }
    }

    private boolean isUnwanted(SessionSettings owner) {
        return jvmEnds || owner.isClosed();
    }

    /** Closes those of sessions that were closed, and waits until they are gone. */
    void closed(SessionSettings sessions) {
        sweep();
        boolean gone = Deadline.in(SoundCheck.AT_LEISURE).await(() -> !roster.isMoving(sessions));
        sweep();
        if (!gone) {
            LOG.warn("a warm browser is still being got ready or closed; it is gone when that ends");
        }
    }

    /** Nothing is kept any more, in all pools. Returns whether all that was has gone. */
    static boolean jvmEnds() {
        jvmEnds = true;
        List<WarmBrowsers> all;
        POOLS.lock();
        try {
            all = List.copyOf(ALL.values());
        } finally {
            POOLS.unlock();
        }
        all.forEach(WarmBrowsers::sweep);
        return all.stream().noneMatch(one -> one.roster.isIdle());
    }

    /** The pool's limit as it was a moment ago: a store need not be asked for each session. */
    private int limit() {
        BrowserPool asked = pool.get();
        if (asked != null && System.nanoTime() - limitAtNanos >= LIMIT_IS_GOOD_FOR) {
            limitAtNanos = System.nanoTime();
            try {
                limit = asked.status().limit().maxBrowsers();
            } catch (BrowserPoolException storeAway) {
                LOG.debug("the limit could not be asked for, {} counts on", limit, storeAway);
            }
        }
        return limit;
    }
}
