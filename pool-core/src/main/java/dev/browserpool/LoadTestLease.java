package dev.browserpool;

import java.time.Duration;
import java.util.function.Consumer;

/** The pool in the hands of a load test, from {@link LoadTestLock#acquire}. Close it; it ends with its pool at the latest. */
public interface LoadTestLease extends AutoCloseable {
    /** What is known of it; does not change. */
    LoadTest loadTest();

    /** Whether the pool is still its own: not closed, not ended by others, and known to the store by the clocks of this JVM. */
    boolean isValid();

    /**
     * Hears once why the load test was ended other than by {@link #close()}: its time limit, force, or a store that gave its member
     * up. At once if that is past. Runs on a thread of the pool.
     */
    void onLost(Consumer<String> listener);

    /**
     * Waits until no browser runs any more, the stopping ones included. Looks five times a second.
     *
     * @return false if some still ran when the time was over, or if the load test ended before
     * @throws InterruptedException if the calling thread is interrupted; the load test goes on
     * @throws StoreUnavailableException if the store gave no answer until the time was over
     */
    boolean awaitDrained(Duration howLong) throws InterruptedException;

    /** Ends it, and has the line served. Idempotent, never throws; waits five seconds at most for a store that is away, and goes on trying. */
    @Override
    void close();
}
