package dev.browserpool.playwright;

import com.microsoft.playwright.BrowserType;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One session's place among the browsers of a pool in this JVM, from before its driver starts until after its processes are gone
 * or passed on. Any thread.
 */
final class Place {
    private final WarmBrowsers all;
    private final AtomicBoolean left = new AtomicBoolean();
    private final AtomicReference<@Nullable WarmBrowser> browser = new AtomicReference<>();
    private final AtomicReference<@Nullable WarmDriver> driver = new AtomicReference<>();

    Place(WarmBrowsers all) {
        this.all = all;
    }

    /** It has a driver of its own: another one that was found on the way is not needed. */
    void has(WarmBrowser warm) {
        browser.set(warm);
        Optional.ofNullable(driver.getAndSet(null)).ifPresent(WarmDriver::close);
    }

    void has(WarmDriver warm) {
        driver.set(warm);
    }

    boolean hasDriver() {
        return driver.get() != null;
    }

    /** A browser that is already running; the caller has it from now on. */
    Optional<WarmBrowser> takeBrowser() {
        return Optional.ofNullable(browser.getAndSet(null));
    }

    /** A driver that is already running; the caller has it from now on. */
    Optional<Driver> takeDriver() {
        return Optional.ofNullable(driver.getAndSet(null)).map(WarmDriver::take);
    }

    /** A part in a browser that several sessions share. */
    Seat seat(SessionSettings sessions, String key, BrowserType.LaunchOptions how, Driver driver) {
        return all.shared().seat(sessions, key, how, driver);
    }

    /** Nothing of the session runs any more. A second call does nothing. */
    void leave() {
        takeBrowser().ifPresent(WarmBrowser::discard);
        Optional.ofNullable(driver.getAndSet(null)).ifPresent(WarmDriver::close);
        if (left.compareAndSet(false, true)) {
            all.left();
        }
    }

    /** Leaves its browser behind for another session. */
    void leave(WarmBrowser warm) {
        if (left.compareAndSet(false, true)) {
            all.keep(warm);
        }
    }

    /** Leaves its driver behind for another session. */
    void leave(Driver warm, SessionSettings owner) {
        if (left.compareAndSet(false, true)) {
            all.keep(WarmDriver.idle(warm, owner));
        }
    }
}
