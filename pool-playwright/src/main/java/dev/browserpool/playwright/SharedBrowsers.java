package dev.browserpool.playwright;

import com.microsoft.playwright.BrowserType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The browsers of one pool in this JVM that several sessions share. Each has at least one session or idle driver. Any thread. */
final class SharedBrowsers {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<SharedBrowser> all = new ArrayList<>();

    /** A seat in a browser of this launch, which is started if there is none with room. */
    Seat seat(SessionSettings sessions, String key, BrowserType.LaunchOptions how, Driver driver) {
        lock.lock();
        try {
            all.removeIf(SharedBrowser::isOver);
            Optional<Seat> free = all.stream()
                    .flatMap(browser -> browser.seat(sessions, key).stream())
                    .findFirst();
            return free.orElseGet(() -> first(sessions, key, how, driver));
        } finally {
            lock.unlock();
        }
    }

    private Seat first(SessionSettings sessions, String key, BrowserType.LaunchOptions how, Driver driver) {
        Seat seat = SharedBrowser.start(sessions, key, how, driver, this::forget);
        all.add(seat.browser());
        return seat;
    }

    /** One that has ended: it knows the pool, which could not be collected as long as somebody knows it. */
    private void forget(SharedBrowser ended) {
        lock.lock();
        try {
            all.remove(ended);
        } finally {
            lock.unlock();
        }
    }

    /** How many there are, those that are about to end included. */
    int count() {
        lock.lock();
        try {
            return all.size();
        } finally {
            lock.unlock();
        }
    }
}
