package dev.browserpool.redis;

import java.time.Duration;
import java.util.Optional;
import redis.clients.jedis.SslOptions;

/**
 * How a member uses Redis. Immutable: the methods that look like setters return a changed copy.
 *
 * @param prefix what all keys begin with; no braces, no control characters
 * @param memberTtl after how long without a sign of life a member's places in line are given up, and a stop grace later its leases
 * @param socketTimeout how long one answer may take
 * @param callThreads how many calls may be under way at once
 * @param minReplicas how many replicas must have confirmed a step before this member relies on it
 * @param tls whom to trust, and how to show who one is, on {@code rediss://}; else what the JVM trusts
 * @param recovery how long members have to come back to a store that has lost all data, before it grants anything
 */
public record RedisOptions(
        String prefix,
        Duration memberTtl,
        Duration socketTimeout,
        int callThreads,
        int minReplicas,
        Optional<SslOptions> tls,
        Recovery recovery) {

    /**
     * How long a store that has lost all data waits for members to come back. Members notice within fractions of a second if they can
     * reach it at all.
     *
     * @param window for how long, unless it is strict
     * @param isStrict whether it waits until nobody can still hold anything: the members' time to live and a stop grace
     */
    public record Recovery(Duration window, boolean isStrict) {
        private static final Recovery STANDARD = new Recovery(Duration.ofSeconds(2), false);

        /** Refuses a window that is not positive or longer than a day, with an {@link IllegalArgumentException}. */
        public Recovery {
            positive("recoveryWindow", window);
        }
    }

    /** Refuses a bad prefix, times that are not positive, and less than two threads, with an {@link IllegalArgumentException}. */
    public RedisOptions {
        Keys unused = Keys.of(prefix, "check");
        positive("memberTtl", memberTtl);
        positive("socketTimeout", socketTimeout);
        if (callThreads < 2) {
            throw new IllegalArgumentException("callThreads is " + callThreads + ", it must be at least 2");
        }
        if (minReplicas < 0) {
            throw new IllegalArgumentException("minReplicas is " + minReplicas + ", it must not be negative");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(name + " is " + value + ", it must be more than zero and at most a day");
        }
    }

    /**
     * Keys begin with {@code bp}; members live for 45 s, which outlasts a Sentinel's failover; 2 s for an answer; 8 threads; no
     * replica is waited for; the JVM's trust store; 2 s to come back.
     */
    public static RedisOptions defaults() {
        return new RedisOptions(
                "bp", Duration.ofSeconds(45), Duration.ofSeconds(2), 8, 0, Optional.empty(), Recovery.STANDARD);
    }

    /** The same with another prefix. */
    public RedisOptions withPrefix(String other) {
        return new RedisOptions(other, memberTtl, socketTimeout, callThreads, minReplicas, tls, recovery);
    }

    /** The same with another time to live of members. */
    public RedisOptions withMemberTtl(Duration other) {
        return new RedisOptions(prefix, other, socketTimeout, callThreads, minReplicas, tls, recovery);
    }

    /** The same with another time for an answer. */
    public RedisOptions withSocketTimeout(Duration other) {
        return new RedisOptions(prefix, memberTtl, other, callThreads, minReplicas, tls, recovery);
    }

    /** The same with another number of calls under way at once. */
    public RedisOptions withCallThreads(int other) {
        return new RedisOptions(prefix, memberTtl, socketTimeout, other, minReplicas, tls, recovery);
    }

    /**
     * The same, but that this member relies on a step only when so many replicas have it: a primary that is cut off from them then
     * grants nothing, and what it granted before is lost by the members' own clocks. Costs a round trip to the replicas for
     * each step. All members should say the same.
     */
    public RedisOptions withMinReplicas(int other) {
        return new RedisOptions(prefix, memberTtl, socketTimeout, callThreads, other, tls, recovery);
    }

    /** The same with a trust store, or a certificate to show, for {@code rediss://}. The name of the host is checked unless it says otherwise. */
    public RedisOptions withTls(SslOptions other) {
        return new RedisOptions(
                prefix, memberTtl, socketTimeout, callThreads, minReplicas, Optional.of(other), recovery);
    }

    /** The same with another time to come back to a store that has lost all data. */
    public RedisOptions withRecoveryWindow(Duration other) {
        return new RedisOptions(
                prefix, memberTtl, socketTimeout, callThreads, minReplicas, tls, new Recovery(other, false));
    }

    /**
     * The same, but a store that has lost all data grants nothing until nobody can still hold anything, even a member that can't reach
     * it: {@link #memberTtl()} and a stop grace.
     */
    public RedisOptions withStrictRecovery() {
        return new RedisOptions(
                prefix, memberTtl, socketTimeout, callThreads, minReplicas, tls, new Recovery(recovery.window(), true));
    }

    boolean isRecoveryChosen() {
        return !recovery.equals(Recovery.STANDARD);
    }

    Duration recoveryWindow(Duration stopGrace) {
        return recovery.isStrict() ? memberTtl.plus(stopGrace) : recovery.window();
    }
}
