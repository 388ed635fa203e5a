package dev.browserpool;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Decides who may run a browser, and on which profile, right now. For use, not for implementation.
 *
 * <p><b>Fair.</b> A free slot goes to the oldest request that can run. Nobody barges: all ways to acquire enter the same line.
 * Whoever waits for a profile holds no slot, whoever waits for a slot holds no profile.
 *
 * <p><b>Members.</b> What is said of members and other JVMs is for pools over a shared store; in memory there is one member.
 *
 * <p><b>Time.</b> {@code timeout} bounds waiting, {@code maxDuration} bounds holding; neither counts as the other.
 *
 * <p><b>Interruption.</b> A blocked caller that is interrupted leaves the line; a grant that races with it goes to the next.
 *
 * <p><b>Threads.</b> Everything may be called from any thread, virtual ones too. What a thread did before it gave a lease back
 * happens-before what the next holder of that slot or profile does, in the same JVM.
 */
public interface BrowserPool extends AutoCloseable {

    /**
     * The loan: acquires, runs, and gives back whatever happens. A function that returns completes the lease, one that throws
     * fails it. Meanwhile the thread's log lines name pool, request and profile, see {@link LogContext}.
     *
     * @return what the function returns
     * @throws X what the function throws
     * @throws InterruptedException if the calling thread is interrupted while it waits
     * @throws BrowserPoolException as {@link #acquire}
     */
    <T, X extends Exception> T call(SlotRequest request, LeaseFunction<T, X> function) throws X, InterruptedException;

    /**
     * Waits for a slot, and for the profile if one is claimed.
     *
     * @return the lease; close it
     * @throws InterruptedException if the calling thread is interrupted while it waits
     * @throws SlotTimeoutException if the request's timeout is over; it names the position and the holders
     * @throws QueueFullException if too many wait already
     * @throws DuplicateRequestException if the id is waiting or running already
     * @throws ProfileConflictException if the claim does not wait and the profile is taken
     * @throws ProfileQuarantinedException if the claim does not wait and the profile is in quarantine
     * @throws ProxyMismatchException if the request names another proxy than the profile's rule
     * @throws ParentNotRunningException if the request is to run under one that does not run
     * @throws LoadTestInProgressException if a load test has the pool, and the configuration has requests refused meanwhile
     * @throws AdmissionRefusedException if a gate of the configuration does not let it in; {@link HostOverloadedException} if it is
     *     the host that has no room
     * @throws RequestCancelledException if somebody cancelled it, or the profile's rule was changed to a proxy that it does not
     *     name
     * @throws PoolClosedException if the pool is closed, or closes while it waits
     * @throws StoreUnavailableException if the store could not be reached until the timeout was over
     * @throws StoreUnusableException if the store refuses access, or holds what can't be read
     */
    SlotLease acquire(SlotRequest request) throws InterruptedException;

    /**
     * Takes a slot if that is possible without waiting and without overtaking anybody. Ignores the request's timeout. Not
     * interruptible; the flag is kept. Waits for the store's answer, five seconds and a poll interval at most.
     *
     * @return empty if it would have to wait; refusals throw as in {@link #acquire}
     * @throws StoreUnavailableException if the store gave no answer
     * @throws PoolClosedException if the pool is closed
     */
    Optional<SlotLease> tryAcquire(SlotRequest request);

    /**
     * As {@link #acquire}, without blocking. The future fails with the exceptions that {@code acquire} throws. Completing it in
     * any other way, {@code cancel} or {@code orTimeout} too, leaves the line, and a grant that nobody takes goes back at once.
     * What depends on the future runs on a daemon thread of the pool, or on the calling thread if the future is complete already.
     * Each grant has a thread of its own, failures share sixteen: use the {@code …Async} methods with an executor of your own
     * for anything that blocks.
     */
    CompletableFuture<SlotLease> acquireAsync(SlotRequest request);

    /**
     * Takes a waiting request out of the line, of any member.
     *
     * @return whether such a request was waiting; a running one is not touched, see {@link PoolOperations#revoke}
     */
    boolean cancel(String requestId);

    /** What is known of a request: waiting, running, or in the history; then the latest of that id. */
    Optional<BrowserSlot> slot(String requestId);

    /** The settings with which this pool was opened. The limits in force are in the status: operators may change them. */
    PoolConfig config();

    /** The pool at this moment. */
    PoolStatus status();

    /** The requests that ended last, newest first. */
    List<BrowserSlot> recent(int limit);

    /** Who owns which profile. */
    ProfileLocks profiles();

    /** Has the pool to itself for a load test. */
    LoadTestLock loadTestLock();

    /** What an operator may do. */
    PoolOperations operations();

    /** How this member is, by its own clocks. Never asks the store, never blocks, and works after the end. */
    PoolHealth health();

    /**
     * Registers a listener, for as long as the pool lives or until its registration is closed.
     *
     * @return ends the hearing; whoever listens to the end can ignore it
     */
    PoolListener.Registration addListener(PoolListener listener);

    /**
     * Refuses newcomers, fails those in line with a {@link PoolClosedException}, waits for the leases of other threads for the
     * close grace at most, then takes them back. Leases that the calling thread acquired are not waited for; those of futures,
     * which belong to no thread, are. A second call returns at once, also while the first is at work.
     * An interrupt ends the waiting, not the closing, and the flag is kept.
     */
    @Override
    void close();
}
