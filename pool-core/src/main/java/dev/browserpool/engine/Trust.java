package dev.browserpool.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * For how long this member may believe that what it holds is its own: until some time after its last good sign of life by its
 * monotonic clock, and only while the wall clock has not run ahead of that, as it does when the host sleeps.
 */
final class Trust {
    private final EngineTime time;
    private volatile Proof proof = new Proof(Long.MAX_VALUE, Long.MAX_VALUE, 0, 0);

    /**
     * A good sign of life.
     *
     * @param until in engine nanoseconds
     * @param margin by how much the clocks may differ, in nanoseconds
     * @param skew how far the wall clock was ahead when the sign was sent
     * @param sentAt when that was, in engine nanoseconds
     */
    private record Proof(long until, long margin, long skew, long sentAt) {
        boolean isInfinite() {
            return margin > Long.MAX_VALUE / 100;
        }
    }

    /** Whether a promise for so long needs no sign of life: that of a store in this JVM. */
    static boolean isForEver(Duration validFor) {
        return validFor.dividedBy(10).toNanos() > Long.MAX_VALUE / 100;
    }

    Trust(EngineTime time) {
        this.time = time;
    }

    /** The store has promised something, from the moment at which it was asked. */
    void renew(long askedAt, long skewThen, Duration validFor) {
        Duration margin = validFor.dividedBy(10);
        proof = new Proof(EngineTime.plus(askedAt, validFor.minus(margin)), margin.toNanos(), skewThen, askedAt);
    }

    /** Looks at the time last, so that whoever is stopped on the way hears of it. */
    boolean holds() {
        return !isShaken() && time.now() < proof.until;
    }

    /** Whether the host has slept since the last good sign of life, or its wall clock was set. */
    boolean isShaken() {
        Proof last = proof;
        return !last.isInfinite() && Math.abs(time.skew() - last.skew) > last.margin;
    }

    /** How long ago the last good sign of life was sent; nothing if none is needed. */
    Optional<Duration> age(long now) {
        Proof last = proof;
        return last.isInfinite() ? Optional.empty() : Optional.of(Duration.ofNanos(now - last.sentAt));
    }

    long until() {
        return proof.until;
    }
}
