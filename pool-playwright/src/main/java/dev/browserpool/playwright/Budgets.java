package dev.browserpool.playwright;

import dev.browserpool.playwright.host.Processes;
import java.time.Duration;

/**
 * How long the steps of a closing may take. Together they fit in the time that the pool gives to a holder whose lease is
 * taken back, so that a slot never passes on while its browser is still being closed.
 *
 * @param evidence for saving evidence
 * @param close for asking the browser to close
 * @param exit for its processes to end by themselves, before they are killed
 */
record Budgets(Duration evidence, Duration close, Duration exit) {
    private static final Duration LONGEST_UNWINDING = Duration.ofSeconds(1);

    Duration total() {
        return evidence.plus(close).plus(exit).plus(Processes.TO_VANISH);
    }

    /** For a holder who was interrupted to come out of his work; taken from what is for evidence, which he then saves. */
    Duration unwind() {
        Duration half = evidence.dividedBy(2);
        return half.compareTo(LONGEST_UNWINDING) < 0 ? half : LONGEST_UNWINDING;
    }

    Budgets mustFitIn(Duration stopGrace) {
        if (total().compareTo(stopGrace) > 0) {
            throw new IllegalArgumentException(
                    "evidence " + evidence + " + close " + close + " + exit " + exit + " + kill "
                            + Processes.TO_VANISH + " = " + total() + " do not fit in the stop grace of " + stopGrace
                            + " of the pool; shorten them, or give the pool a longer one");
        }
        return this;
    }
}
