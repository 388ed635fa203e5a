package dev.browserpool.playwright;

import dev.browserpool.LeaseLoss;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether and why a session's lease was lost, and how much time that leaves until slot and profile pass to somebody else. */
final class LossClock {
    private static final Duration LEAST = Duration.ofMillis(100);
    /** For the release to arrive before the pool passes on what was not confirmed. */
    private static final Duration MARGIN = Duration.ofMillis(500);

    private volatile @Nullable LeaseLoss loss;
    private volatile long lostAtNanos;

    void start(LeaseLoss why) {
        lostAtNanos = System.nanoTime();
        loss = why;
    }

    Optional<LeaseLoss> loss() {
        return Optional.ofNullable(loss);
    }

    boolean isRunning() {
        return loss != null;
    }

    /** What is left of a budget that counts from the loss of the lease, if it was lost. */
    Duration left(Duration budget) {
        if (!isRunning()) {
            return budget;
        }
        Duration left = budget.minusNanos(System.nanoTime() - lostAtNanos);
        return left.compareTo(LEAST) > 0 ? left : LEAST;
    }

    /** Whether slot and profile are about to pass on, released or not. */
    boolean isNearlyOver(Duration stopGrace) {
        return isRunning()
                && System.nanoTime() - lostAtNanos > stopGrace.minus(MARGIN).toNanos();
    }
}
