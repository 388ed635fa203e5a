package dev.browserpool.spi;

import dev.browserpool.ProfileRule;
import java.time.Duration;

/** What an operator decides for the whole pool. */
public sealed interface Act {
    /**
     * Changes the limit.
     *
     * @param maxBrowsers the new one
     */
    record Resize(int maxBrowsers) implements Act {}

    /**
     * Changes how many may wait.
     *
     * @param maxQueued the new maximum
     */
    record LineLength(int maxQueued) implements Act {}

    /**
     * Stops granting.
     *
     * @param reason why
     */
    record Pause(String reason) implements Act {}

    /** Grants again. */
    record Resume() implements Act {}

    /**
     * Sets a profile's rule.
     *
     * @param rule the rule
     */
    record SetRule(ProfileRule rule) implements Act {}

    /**
     * Forgets ended requests.
     *
     * @param olderThan from which age on
     */
    record Forget(Duration olderThan) implements Act {}
}
