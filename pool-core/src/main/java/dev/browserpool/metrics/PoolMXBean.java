package dev.browserpool.metrics;

/**
 * A pool for consoles that speak JMX, such as jconsole. The numbers are those of the whole pool, read once a second at the most; −1
 * while the store does not answer.
 *
 * @see PoolJmx#register
 */
public interface PoolMXBean {
    /** How many browsers may run. */
    int getMaxBrowsers();

    /** Slots in use, stopping included. */
    int getUsed();

    /** Leases that are being taken back. */
    int getStopping();

    /** Requests in line. */
    int getWaiting();

    /** Pool instances that share the limit. */
    int getMembers();

    /** Leases granted since the pool's start. */
    long getGranted();

    /** Why nothing is granted; empty if the pool is not paused. */
    String getPausedBy();

    /** Whether this member takes requests and can trust its leases. */
    boolean isUp();

    /** How old the last sign of life is that the store has answered, in seconds; 0 for a pool in memory. */
    double getHeartbeatAgeSeconds();

    /** The ids of the requests that run, oldest first, with type, member and seconds. */
    String[] getRunning();

    /** {@link dev.browserpool.PoolOperations#resize}. */
    void resize(int maxBrowsers);

    /** {@link dev.browserpool.PoolOperations#pause}. */
    void pause(String reason);

    /** {@link dev.browserpool.PoolOperations#resume}. */
    void resume();

    /** {@link dev.browserpool.PoolOperations#revoke}. */
    boolean revoke(String requestId, String reason);
}
