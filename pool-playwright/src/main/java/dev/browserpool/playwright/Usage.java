package dev.browserpool.playwright;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** How often, and since when, a browser or a driver has been used. Any thread. */
final class Usage {
    private final long bornNanos = System.nanoTime();
    private final AtomicInteger uses = new AtomicInteger();

    private final AtomicBoolean watched = new AtomicBoolean();

    /** One more session. */
    void count() {
        uses.incrementAndGet();
    }

    /** One more session, if it may serve one more: of those who come at once none is one too many. */
    boolean tryCount(ReusePolicy policy) {
        int before = uses.getAndUpdate(count -> Math.min(count + 1, policy.maxUses()));
        return before < policy.maxUses();
    }

    /** Whether it must serve no further session. */
    boolean isOver(ReusePolicy policy) {
        return uses.get() >= policy.maxUses() || left(policy).isZero();
    }

    /** True for the first caller. */
    boolean isWatchedFirst() {
        return watched.compareAndSet(false, true);
    }

    /** How much of its greatest age is left; at least zero. */
    Duration left(ReusePolicy policy) {
        Duration left = policy.maxAge().minusNanos(System.nanoTime() - bornNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
