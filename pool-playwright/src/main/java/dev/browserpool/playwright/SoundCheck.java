package dev.browserpool.playwright;

import dev.browserpool.playwright.host.Watchdog;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that is asked of a browser or a driver which nobody uses, with a clock of our own, since Playwright's is in the driver. */
final class SoundCheck {
    private static final Logger LOG = LoggerFactory.getLogger(SoundCheck.class);
    /** For one cheap question. */
    static final Duration PROMPTLY = Duration.ofSeconds(3);
    /** For work that nobody waits for. */
    static final Duration AT_LEISURE = Duration.ofSeconds(10);

    private SoundCheck() {}

    /**
     * Whether it was done in time and without a failure.
     *
     * @param atMost how long it may take
     * @param kill what makes a question that hangs fail; never runs once this has said yes
     */
    static boolean passes(Watchdog watchdog, Duration atMost, Runnable kill, Runnable question) {
        AtomicBoolean open = new AtomicBoolean(true);
        try (Watchdog.Watch watch = watchdog.after(atMost, () -> {
            if (open.compareAndSet(true, false)) {
                kill.run();
            }
        })) {
            question.run();
            return open.compareAndSet(true, false);
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("a warm browser or driver did not answer", e);
            return false;
        }
    }
}
