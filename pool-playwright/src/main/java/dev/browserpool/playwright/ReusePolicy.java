package dev.browserpool.playwright;

import java.time.Duration;

/**
 * Whether, and how long, browsers and drivers live on after their session: without a profile the next session gets a fresh context
 * in a warm browser, with a profile a fresh browser under a warm driver. Immutable.
 *
 * <p>By default nothing lives on: each session has a browser of its own. What lives on counts against the slots of the pool, for all
 * {@link BrowserSessions} of one pool in one JVM. In other JVMs that share the pool's limit it does not: each of them may keep as many
 * idle browsers as the pool has slots.
 *
 * @param maxUses sessions that one browser, or one driver, serves at most; at least 1, which means that nothing lives on
 * @param maxAge how old one may become; more than zero, at most 100 years. One that is at work is retired after its session
 * @param maxMemory bytes that the processes of one may have resident together, driver included; at least 1. Looked at after each
 *     session
 * @param idleTime how long one that nobody uses is kept; more than zero, at most 100 years
 * @param prepared whether a context with a page is made ahead, while a browser is idle and no session waits for one, for sessions whose
 *     context has the options of the one before
 * @param sessionsPerBrowser how many sessions without a profile may be in one browser at a time, each with a driver and a context of
 *     its own; 1 means that none share one. See {@link #sharedBrowser}
 */
public record ReusePolicy(
        int maxUses, Duration maxAge, long maxMemory, Duration idleTime, boolean prepared, int sessionsPerBrowser) {
    private static final long DEFAULT_MEMORY = 2L << 30;
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** Refuses what can't be meant. */
    public ReusePolicy {
        if (maxUses < 1) {
            throw new IllegalArgumentException("maxUses is " + maxUses + ", it must be at least 1; 1 means no reuse");
        }
        if (sessionsPerBrowser < 1 || (sessionsPerBrowser > 1 && maxUses == 1)) {
            throw new IllegalArgumentException("sessionsPerBrowser is " + sessionsPerBrowser
                    + ", it must be at least 1, and 1 where maxUses is 1: a shared browser serves several sessions");
        }
        if (maxMemory < 1) {
            throw new IllegalArgumentException("maxMemory is " + maxMemory + ", it must be at least 1 byte");
        }
        requireSensible("maxAge", maxAge);
        requireSensible("idleTime", idleTime);
    }

    /** Nothing lives on; the default. */
    public static ReusePolicy off() {
        return warm().withMaxUses(1).withPrepared(false);
    }

    /** 100 sessions, 30 minutes, 2 GB, a minute idle, with contexts made ahead. */
    public static ReusePolicy warm() {
        return new ReusePolicy(100, Duration.ofMinutes(30), DEFAULT_MEMORY, Duration.ofMinutes(1), true, 1);
    }

    /**
     * As {@link #warm()}, and up to {@code n} sessions without a profile run at once in one Chromium, each with a driver and a context of
     * its own. That saves the start of the other browsers, and memory beyond two; but a crash of the browser, or a session whose end can't be
     * proven without killing it, harms all that are in it: they get a {@link BrowserDiedException} that says so. Each counts as a slot.
     * Those with a window, a proxy of the launch, or other options of the launch than switches, executable, environment, timeout and
     * sandbox, those that are filmed, and all on Windows get a browser of their own.
     *
     * @param n at least 1, which is {@link #warm()}
     * @throws IllegalArgumentException if it is less
     */
    public static ReusePolicy sharedBrowser(int n) {
        return warm().withSessionsPerBrowser(n);
    }

    /**
     * With another number of sessions that are in one browser at a time.
     *
     * @throws IllegalArgumentException if it is below 1, or above 1 where {@link #maxUses()} is 1
     */
    public ReusePolicy withSessionsPerBrowser(int value) {
        return new ReusePolicy(maxUses, maxAge, maxMemory, idleTime, prepared, value);
    }

    /**
     * With another number of sessions that one browser, or driver, serves in all.
     *
     * @throws IllegalArgumentException if it is below 1, or 1 where several sessions are in one browser at a time
     */
    public ReusePolicy withMaxUses(int value) {
        return new ReusePolicy(value, maxAge, maxMemory, idleTime, prepared, sessionsPerBrowser);
    }

    /** With another greatest age. */
    public ReusePolicy withMaxAge(Duration value) {
        return new ReusePolicy(maxUses, value, maxMemory, idleTime, prepared, sessionsPerBrowser);
    }

    /** With another limit of memory, in bytes. */
    public ReusePolicy withMaxMemory(long bytes) {
        return new ReusePolicy(maxUses, maxAge, bytes, idleTime, prepared, sessionsPerBrowser);
    }

    /** With another idle time. */
    public ReusePolicy withIdleTime(Duration value) {
        return new ReusePolicy(maxUses, maxAge, maxMemory, value, prepared, sessionsPerBrowser);
    }

    /** With or without contexts that are made ahead. */
    public ReusePolicy withPrepared(boolean value) {
        return new ReusePolicy(maxUses, maxAge, maxMemory, idleTime, value, sessionsPerBrowser);
    }

    boolean keepsAnything() {
        return maxUses > 1;
    }

    private static void requireSensible(String field, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(field + " is " + value + ", it must be more than zero");
        }
        if (value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    field + " is " + value + ", it must be at most " + LONGEST.toDays() + " days");
        }
    }
}
