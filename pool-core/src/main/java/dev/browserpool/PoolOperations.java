package dev.browserpool;

import java.time.Duration;
import java.util.List;

/**
 * What an operator may do to a running pool. Changes count for all members. Every method asks the store and may throw
 * {@link StoreUnavailableException}, or {@link StoreUnusableException} if asking again would not help.
 */
public interface PoolOperations {
    /**
     * Takes a running lease back: its holder is told, and the slot passes on when the holder has confirmed, or after the stop
     * grace.
     *
     * @param reason a sentence for the holder and the history
     * @return whether such a request was running
     */
    boolean revoke(String requestId, String reason);

    /**
     * Changes the limit. Never blocks: raising it starts at once as many waiters as there is room for, lowering it lets running
     * ones finish.
     *
     * @param maxBrowsers at least 1
     */
    void resize(int maxBrowsers);

    /** Changes how many requests may wait. Those in line stay. */
    void setMaxQueued(int maxQueued);

    /**
     * Stops granting. Running leases go on, newcomers wait, children of running leases still start.
     *
     * @param reason for the status; not blank
     */
    void pause(String reason);

    /** Grants again. Does nothing if the pool is not paused. */
    void resume();

    /**
     * Pauses the pool and waits until nothing runs any more. The pool stays paused; {@link #resume()} ends that.
     *
     * @return whether the pool was empty within the time
     * @throws InterruptedException if the calling thread is interrupted while it waits; the pool stays paused
     */
    boolean drain(Duration howLong) throws InterruptedException;

    /** A page of the line, in order of arrival; consistent in itself, of 10,000 at most. */
    List<PoolStatus.Waiting> line(int offset, int limit);

    /**
     * Tells every lease that has been held for longer than {@code maxAge}, over all members, to stop.
     *
     * @return the ids of those that were told; children that are told with their parents are not listed
     */
    List<String> cleanupStale(Duration maxAge);

    /**
     * Forgets ended requests that are older than {@code maxAge}.
     *
     * @return how many were forgotten
     */
    int cleanupCompleted(Duration maxAge);
}
