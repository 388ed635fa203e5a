package dev.browserpool.playwright.host;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A clock of our own beside Playwright's, whose timeouts live in the driver and never fire when that hangs. One thread, only
 * while something is watched; what it runs must be quick.
 */
public final class Watchdog {
    private final ScheduledThreadPoolExecutor clock;

    public Watchdog() {
        clock = new ScheduledThreadPoolExecutor(1, work -> Threads.daemon("watchdog", work));
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(10, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
    }

    /** Runs an action unless the watch is closed before the time is over. */
    public Watch after(Duration budget, Runnable overdue) {
        ScheduledFuture<?> alarm = clock.schedule(overdue, budget.toNanos(), TimeUnit.NANOSECONDS);
        return () -> alarm.cancel(false);
    }

    /** Something that is being watched. */
    @FunctionalInterface
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
