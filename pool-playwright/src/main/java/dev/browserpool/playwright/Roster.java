package dev.browserpool.playwright;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is at work and who waits: bookkeeping and nothing else. Whatever was taken out of it is the caller's alone. Any thread.
 */
final class Roster {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition awaited = lock.newCondition();
    /** The one that was used last first: so the others become idle for good. */
    private final Deque<WarmBrowser> browsers = new ArrayDeque<>();

    private final Deque<WarmDriver> drivers = new ArrayDeque<>();
    /** Idle, but somebody is getting them ready. */
    private final Set<WarmBrowser> tended = new HashSet<>();

    private int busy;
    /** Idle ones that are being closed. */
    private int going;

    /** Who is in {@link #find}: whoever else holds the lock meanwhile finds those that wait. */
    private int awaiting;

    /**
     * What an opening may have, or has to close first. At most one is there.
     *
     * @param browser a browser
     * @param driver a driver
     * @param isToGo whether it is too much, or fits no longer
     */
    record Found(@Nullable WarmBrowser browser, @Nullable WarmDriver driver, boolean isToGo) {
        private static final Found NOTHING = new Found(null, null, false);

        boolean isNothing() {
            return browser == null && driver == null;
        }
    }

    /**
     * What nobody is to get any more. Its browsers count until they are said to be gone.
     *
     * @param browsers browsers
     * @param drivers drivers
     */
    record Stale(List<WarmBrowser> browsers, List<WarmDriver> drivers) {}

    /** One more session, or one less. */
    void count(int more) {
        change(() -> busy += more);
    }

    /** A session left this, and it is being got ready for the next. */
    void tends(WarmBrowser browser) {
        change(() -> {
            busy--;
            tended.add(browser);
        });
    }

    /** That has ended. */
    void tendedTo(WarmBrowser browser, boolean isGood) {
        change(() -> {
            tended.remove(browser);
            if (isGood) {
                browsers.addFirst(browser);
            }
        });
    }

    /** A session left this. */
    void has(WarmDriver driver) {
        change(() -> {
            busy--;
            drivers.addFirst(driver);
        });
    }

    /** One of the stale browsers is gone. */
    void gone() {
        change(() -> going--);
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Looks for what a session that counts already may have: waits for a browser of its launch that is being got ready, and for room.
     *
     * @param key its launch; empty if it needs a browser of its own
     * @param most how many there may be
     * @param hasDriver whether it needs no driver
     */
    Found find(SessionSettings sessions, Optional<String> key, int most, boolean hasDriver)
            throws InterruptedException {
        lock.lockInterruptibly();
        awaiting++;
        try {
            Optional<Found> found = look(sessions, key, most, hasDriver);
            while (found.isEmpty()) {
                awaited.signalAll();
                // Whoever is getting it ready has a clock.
                boolean unused = changed.await(1, TimeUnit.SECONDS);
                found = look(sessions, key, most, hasDriver);
            }
            return found.get();
        } finally {
            awaiting--;
            lock.unlock();
        }
    }

    /** Whether somebody waits for a browser to be ready, or gone; if not now, within this time. */
    boolean isAwaited(Duration within) {
        lock.lock();
        try {
            long left = within.toNanos();
            while (awaiting == 0 && left > 0) {
                left = awaited.awaitNanos(left);
            }
            return awaiting > 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Empty if it is worth while to wait. Also who finds a fitting one first sees to it that there are not too many. */
    private Optional<Found> look(SessionSettings sessions, Optional<String> key, int most, boolean hasDriver) {
        WarmBrowser fitting = remove(browsers, it -> fits(it, sessions, key));
        if (fitting == null && tended.stream().anyMatch(it -> fits(it, sessions, key))) {
            return Optional.empty();
        }
        WarmDriver driver = fitting != null || hasDriver
                ? null
                : remove(drivers, it -> it.owner().equals(sessions));
        if (driver != null) {
            return Optional.of(new Found(null, driver, false));
        }
        boolean isFull = busy + going + browsers.size() + drivers.size() + tended.size() > most;
        Found tooMuch = isFull ? takeOldest() : Found.NOTHING;
        boolean waits = isFull && tooMuch.isNothing() && !(tended.isEmpty() && going == 0);
        if (fitting != null && tooMuch.isNothing() && !waits) {
            return Optional.of(new Found(fitting, null, !fitting.begins()));
        }
        if (fitting != null) {
            browsers.addFirst(fitting);
        }
        return waits ? Optional.empty() : Optional.of(tooMuch);
    }

    private Found takeOldest() {
        WarmDriver driver = drivers.pollLast();
        WarmBrowser browser = driver == null ? browsers.pollLast() : null;
        return driver == null && browser == null ? Found.NOTHING : new Found(browser, driver, true);
    }

    private static boolean fits(WarmBrowser browser, SessionSettings sessions, Optional<String> key) {
        return key.isPresent() && browser.serves(sessions, key.get());
    }

    private static <T> @Nullable T remove(Deque<T> from, Predicate<T> wanted) {
        Optional<T> found = from.stream().filter(wanted).findFirst();
        found.ifPresent(from::remove);
        return found.orElse(null);
    }

    /** Takes out what is stale by itself, or belongs to sessions that want it no more. */
    Stale takeStale(Predicate<SessionSettings> unwanted) {
        Stale stale = new Stale(new ArrayList<>(), new ArrayList<>());
        change(() -> {
            move(browsers, stale.browsers(), it -> unwanted.test(it.owner()) || it.isStale());
            move(drivers, stale.drivers(), it -> unwanted.test(it.owner()) || it.isStale());
            going += stale.browsers().size();
        });
        return stale;
    }

    private static <T> void move(Deque<T> from, List<T> to, Predicate<T> which) {
        from.stream().filter(which).forEach(to::add);
        from.removeAll(to);
    }

    /** Whether anything waits; if not, those at work are as few as their leases. */
    boolean isIdle() {
        lock.lock();
        try {
            return !browsers.isEmpty() || !drivers.isEmpty() || !tended.isEmpty() || going > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Whether something of these sessions is on its way into the line or out of the world. */
    boolean isMoving(SessionSettings sessions) {
        lock.lock();
        try {
            return going > 0 || tended.stream().anyMatch(it -> it.owner().equals(sessions));
        } finally {
            lock.unlock();
        }
    }

    /** How many browsers are ready for a session. */
    int idle() {
        lock.lock();
        try {
            return browsers.size();
        } finally {
            lock.unlock();
        }
    }
}
