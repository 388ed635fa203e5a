package dev.browserpool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Keeps everybody from being granted a slot while a load test runs, over all members. There is one at a time. It is looked at when
 * a slot is granted, not only when it is asked for: what waits, waits on, at its place. Running browsers go on, children of running
 * leases still start, people still check profiles out. What becomes of new requests, each pool's configuration says:
 * {@link PoolConfig#duringLoadTest()}. When it ends, the line is served at once.
 *
 * <p>Every method asks the store and may throw {@link StoreUnavailableException}, or {@link StoreUnusableException} if asking again
 * would not help. May be called from any thread.
 */
public interface LoadTestLock {
    /**
     * Takes the pool: waits for another load test to end, takes the lock, and then waits until running browsers have drained, if
     * the options say so. Looks five times a second for whether another one has ended: those that wait form no line.
     *
     * @param runId the name of this one; at most 200 characters
     * @return close it; it also ends with this pool, and when its JVM dies: after the members' time to live
     * @throws LoadTestTimeoutException if another one did not end in time, or some browsers still ran; then the lock is given back
     * @throws InterruptedException if the calling thread is interrupted while it waits; the lock is given back
     * @throws PoolClosedException if the pool is closed, or closes while it waits
     */
    LoadTestLease acquire(String runId, LoadTestOptions options) throws InterruptedException;

    /**
     * Takes the pool if no other load test has it. Waits for nothing: ignores {@link LoadTestOptions#timeout()} and
     * {@link LoadTestOptions#drainWithin()}; see {@link LoadTestLease#awaitDrained}.
     *
     * @return empty if another one has it; {@link #current()} says which
     * @throws PoolClosedException if the pool is closed
     */
    Optional<LoadTestLease> tryAcquire(String runId, LoadTestOptions options);

    /**
     * Takes the pool for a tool outside the JVM. It is ended by {@link #release} or by its time, and survives the program that made
     * it (not the JVM of an in-memory pool, and not a store that loses its data). Called again for the same run, the time begins anew.
     *
     * @param ttl for how long from now on
     * @return what stands now
     * @throws LoadTestInProgressException if another one has the pool
     */
    LoadTest acquireFor(String runId, Duration ttl);

    /**
     * Ends a load test of {@link #acquireFor} by its name, from any member. One that is held by a lease is its holder's to end, or
     * by {@link #forceRelease}.
     *
     * @return whether there was such a one
     */
    boolean release(String runId);

    /**
     * Ends whatever load test there is. Its holder is told, and it is on record: {@link #history}.
     *
     * @param who the person or program that ends it
     * @param why for the record and the holder
     * @return which one it was; empty if there was none
     */
    Optional<LoadTest> forceRelease(String who, String why);

    /** Whether a load test has the pool. */
    boolean isActive();

    /** The load test that has the pool, if there is one. */
    Optional<LoadTest> current();

    /**
     * Throws if a load test has the pool. For work that does not pass through it, such as a deployment.
     *
     * @param operation what wants to begin, for the message
     * @throws LoadTestInProgressException with who has it, since when and until when
     */
    void checkAvailable(String operation);

    /** Load tests that are over, newest first; kept as long, and as many, as ended requests. */
    List<LoadTestRecord> history(int limit);
}
