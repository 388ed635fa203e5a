package dev.browserpool.redis;

import java.time.Duration;

/**
 * How a member uses Redis. Immutable: the methods that look like setters return a changed copy.
 *
 * @param prefix what all keys begin with; no braces, no control characters
 * @param memberTtl after how long without a sign of life a member's places in line are given up, and a stop grace later its leases
 * @param socketTimeout how long one answer may take
 * @param callThreads how many calls may be under way at once
 */
public record RedisOptions(String prefix, Duration memberTtl, Duration socketTimeout, int callThreads) {

    /** Refuses a bad prefix, times that are not positive, and less than two threads, with an {@link IllegalArgumentException}. */
    public RedisOptions {
        Keys unused = Keys.of(prefix, "check");
        positive("memberTtl", memberTtl);
        positive("socketTimeout", socketTimeout);
        if (callThreads < 2) {
            throw new IllegalArgumentException("callThreads is " + callThreads + ", it must be at least 2");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(name + " is " + value + ", it must be more than zero and at most a day");
        }
    }

    /** Keys begin with {@code bp}; members live for 45 s, which outlasts a Sentinel's failover; 2 s for an answer; 8 threads. */
    public static RedisOptions defaults() {
        return new RedisOptions("bp", Duration.ofSeconds(45), Duration.ofSeconds(2), 8);
    }

    /** The same with another prefix. */
    public RedisOptions withPrefix(String other) {
        return new RedisOptions(other, memberTtl, socketTimeout, callThreads);
    }

    /** The same with another time to live of members. */
    public RedisOptions withMemberTtl(Duration other) {
        return new RedisOptions(prefix, other, socketTimeout, callThreads);
    }

    /** The same with another time for an answer. */
    public RedisOptions withSocketTimeout(Duration other) {
        return new RedisOptions(prefix, memberTtl, other, callThreads);
    }
}
