package dev.browserpool.playwright;

import dev.browserpool.LeaseLostException;
import dev.browserpool.spi.SessionLease;
import java.util.Optional;

/**
 * A function's time with a session: it is told why, whatever Playwright makes of the browser's end, and it can be interrupted when
 * its lease is lost.
 *
 * @param lease the session's
 * @param facts whose
 * @param vitals whether its processes live
 * @param presence where the thread may be interrupted
 */
record Loan(SessionLease lease, SessionFacts facts, Vitals vitals, Presence presence) {

    <T, X extends Exception> T run(SessionFunction<T, X> function, BrowserSession session) throws X {
        presence.enter();
        try {
            return function.apply(session);
        } finally {
            presence.leave();
        }
    }

    /** What the caller is told of a failure; the failure itself, unless it only shows that something else has happened. */
    Optional<RuntimeException> behind(Throwable failure) {
        Optional<LeaseLostException> lost =
                Losses.isOfBrowser(failure) || wasStopped(failure) ? Losses.of(lease, failure) : Optional.empty();
        return lost.<RuntimeException>map(l -> l)
                .or(() -> vitals.behind(failure)
                        .map(what -> BrowserDiedException.noticedBy(failure, facts, what, vitals.reason(what))));
    }

    /** However its code took the interrupt. */
    private boolean wasStopped(Throwable failure) {
        return presence.wasInterrupted() && !(failure instanceof VirtualMachineError);
    }
}
