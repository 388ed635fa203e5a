package dev.browserpool.playwright;

import dev.browserpool.SlotRequest;
import java.time.Duration;

/**
 * Hears how browsers are opened and ended, for metrics and the like; whoever wants to take part uses {@link SessionHooks}. Called on the threads that do so, so it must return at
 * once; several may call at the same time. What it throws is logged.
 */
public interface SessionListener {
    /** What is done to a browser, or to the code at work in it, beyond asking it to close. */
    enum Force {
        /** The holder's thread is interrupted inside its loan, since its lease was taken back. */
        INTERRUPT,
        /** Playwright's driver is killed: a sound browser then saves its state and exits. */
        DRIVER,
        /** Processes that did not end by themselves are killed. */
        BROWSER
    }

    /** Slot and profile are granted, and a browser is about to be opened. */
    default void opening(SlotRequest request) {}

    /** It is open. */
    default void opened(SlotRequest request, Duration took) {}

    /** It could not be opened, or found its profile's directory in other hands. */
    default void notOpened(SlotRequest request, Duration took) {}

    /** It is being ended, by whomever. Once for each that was opened. */
    default void ending(SlotRequest request) {}

    /** Something had to be forced. A driver may be told of more than once. */
    default void forced(SlotRequest request, Force force) {}

    /** Its processes are gone and its slot is given back. */
    default void closed(SessionReport report) {}
}
