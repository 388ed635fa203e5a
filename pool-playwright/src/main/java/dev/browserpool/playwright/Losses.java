package dev.browserpool.playwright;

import com.microsoft.playwright.PlaywrightException;
import dev.browserpool.LeaseLostException;
import dev.browserpool.SlotLease;
import java.util.Optional;

/** Tells failures of a browser from those of a lease: a browser that was stopped under its holder fails in many ways. */
final class Losses {
    private Losses() {}

    /** If the lease has ended: that, with the failure as its cause. */
    static Optional<LeaseLostException> of(SlotLease lease, Throwable failure) {
        try {
            lease.requireValid();
            return Optional.empty();
        } catch (LeaseLostException lost) {
            if (lost != failure && lost.getCause() == null) {
                lost.initCause(failure);
            }
            return Optional.of(lost);
        }
    }

    static boolean isOfBrowser(Throwable failure) {
        return Causes.first(failure, PlaywrightException.class).isPresent();
    }

    /** Playwright answers an interrupt with an exception of its own, and forgets the flag. */
    static boolean isInterrupt(Throwable failure) {
        return Causes.first(failure, InterruptedException.class).isPresent();
    }
}
