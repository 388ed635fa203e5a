package dev.browserpool.playwright;

import com.microsoft.playwright.PlaywrightException;
import dev.browserpool.playwright.host.Deadline;
import dev.browserpool.playwright.host.Processes;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether a session's driver and browser live, as the operating system says: Playwright believes that it is connected until it is
 * used. Any thread.
 *
 * @param driver Playwright's driver
 * @param browser the browser's main process; empty if it could not be told from others
 * @param shared says why it died, if several sessions share it; empty otherwise
 */
record Vitals(ProcessHandle driver, Optional<ProcessHandle> browser, Supplier<Optional<String>> shared) {
    /** A browser's pipe is closed a moment before its process is gone. */
    static final Duration DYING = Duration.ofMillis(300);

    /** What is dead; empty if all live. A browser does not outlive its driver for long, so the driver's death comes first. */
    Optional<FailureCause> dead() {
        if (!Processes.isAlive(driver)) {
            return Optional.of(FailureCause.DRIVER_DIED);
        }
        return browser.filter(process -> !Processes.isAlive(process)).map(process -> FailureCause.BROWSER_DIED);
    }

    /** Why, as far as it was not this session's doing. */
    Optional<String> reason(FailureCause what) {
        return what == FailureCause.BROWSER_DIED ? shared.get() : Optional.empty();
    }

    /** What is dead, or has crashed, if that is what a failure comes of. */
    Optional<FailureCause> behind(Throwable failure) {
        if (!Losses.isOfBrowser(failure)) {
            return Optional.empty();
        }
        if (saysClosed(failure)) {
            Deadline.in(DYING).await(() -> dead().isPresent());
        }
        return dead().or(() -> FailureCause.ofCrash(failure));
    }

    private static boolean saysClosed(Throwable failure) {
        String text = String.valueOf(Causes.first(failure, PlaywrightException.class)
                .map(Throwable::getMessage)
                .orElse(""));
        return text.contains("closed") || text.contains("ERR_ABORTED") || text.contains("Failed to read message");
    }
}
