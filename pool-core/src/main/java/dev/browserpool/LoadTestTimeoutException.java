package dev.browserpool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A load test did not get the pool in time: another one had it, or some browsers still ran. It holds nothing. */
public final class LoadTestTimeoutException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final String runId;
    private final Duration waited;
    private final transient Optional<LoadTest> other;
    private final transient List<String> running;

    private LoadTestTimeoutException(
            String message, String runId, Duration waited, Optional<LoadTest> other, List<String> running) {
        super("load test " + runId + " did not get the pool within " + waited + ": " + message);
        this.runId = runId;
        this.waited = waited;
        this.other = other;
        this.running = List.copyOf(running);
    }

    /** Another one had the pool. Made by the pool. */
    public static LoadTestTimeoutException busy(String runId, Duration waited, LoadTest other) {
        String message = "it is taken by " + other.describe()
                + "; wait longer, or end that one with pool.loadTestLock().forceRelease(who, why)";
        return new LoadTestTimeoutException(message, runId, waited, Optional.of(other), List.of());
    }

    /** Some browsers still ran. Made by the pool. */
    public static LoadTestTimeoutException notDrained(String runId, Duration waited, List<String> running) {
        String message = running.size() + " browsers still run, the first ten for "
                + String.join(", ", running.subList(0, Math.min(10, running.size())))
                + "; wait longer, or take them back with pool.operations().revoke(id, reason)";
        return new LoadTestTimeoutException(message, runId, waited, Optional.empty(), running);
    }

    /** The load test that did not get the pool. */
    public String runId() {
        return runId;
    }

    /** How long it waited, for the other one or for the browsers. */
    public Duration waited() {
        return waited;
    }

    /** The load test that had the pool; empty if it was browsers that still ran. */
    public Optional<LoadTest> other() {
        return other;
    }

    /** The requests that still held slots, oldest first. */
    public List<String> running() {
        return running;
    }
}
