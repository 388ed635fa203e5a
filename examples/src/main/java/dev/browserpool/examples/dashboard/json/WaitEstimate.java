package dev.browserpool.examples.dashboard.json;

import dev.browserpool.PoolStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * How long somebody will wait, as far as one can tell: each slot is free again after the median of recent run times, so whoever is at
 * position p waits for p of these, shared among all slots. Profiles and pauses are not foreseen.
 */
public final class WaitEstimate {
    private WaitEstimate() {}

    /** Of whoever stands at this position, 1 for the oldest; empty if nothing has run yet, or nothing is granted. */
    public static Optional<Duration> forPosition(PoolStatus status, int position) {
        if (status.runTimes().samples() == 0 || status.pausedBy().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(status.runTimes()
                .p50()
                .multipliedBy(position)
                .dividedBy(status.limit().maxBrowsers()));
    }

    /** Of whoever comes now; zero if there is a free slot. */
    public static Optional<Duration> forNewcomer(PoolStatus status) {
        boolean isFree = status.available() > 0 && status.load().waitingForSlot() == 0;
        return isFree
                ? Optional.of(Duration.ZERO)
                : forPosition(status, status.load().waiting() + 1);
    }
}
