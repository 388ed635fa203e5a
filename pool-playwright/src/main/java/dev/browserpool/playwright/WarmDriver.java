package dev.browserpool.playwright;

import com.microsoft.playwright.APIRequestContext;
import dev.browserpool.playwright.host.Processes;
import dev.browserpool.playwright.host.Reaper;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A driver that waits for its next session. Whoever takes it out of {@link WarmBrowsers} is the only one who uses it.
 *
 * @param driver the driver
 * @param owner whose sessions it serves
 * @param reaper ends it if this JVM is killed while it is frozen
 * @param idleSince as {@link System#nanoTime()} counts
 */
record WarmDriver(Driver driver, SessionSettings owner, Optional<Reaper> reaper, long idleSince) {

    static WarmDriver idle(Driver driver, SessionSettings owner) {
        String name = "driver-" + driver.process().pid() + "-"
                + ProcessHandle.current().pid();
        Optional<Reaper> reaper = Reaper.start(name, Path.of("/nonexistent", name));
        reaper.ifPresent(waiting -> waiting.drivenBy(driver.process()));
        return new WarmDriver(driver, owner, reaper, System.nanoTime());
    }

    /** Whether it was idle for too long, is too old, or is dead. */
    boolean isStale() {
        boolean idle = System.nanoTime() - idleSince >= owner.reuse().idleTime().toNanos();
        return idle || driver.usage().isOver(owner.reuse()) || !isAlive();
    }

    private boolean isAlive() {
        return Processes.isAlive(driver.process());
    }

    /** Whether it lives and answers, within a time of our own. */
    boolean isSound() {
        return isAlive()
                && SoundCheck.passes(owner.watchdog(), SoundCheck.PROMPTLY, driver.process()::destroyForcibly, () -> {
                    APIRequestContext asked = driver.playwright().request().newContext();
                    asked.dispose();
                });
    }

    /** For its next session, which has a reaper of its own. */
    Driver take() {
        reaper.ifPresent(Reaper::dismiss);
        return driver;
    }

    void close() {
        driver.end(owner.watchdog());
        reaper.ifPresent(Reaper::dismiss);
    }
}
