package dev.browserpool.spi;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * One member's access to a store.
 *
 * @see BackendPools#over
 */
public interface Backend extends AutoCloseable {
    /** Who this member is; the same until {@link #renew()}. */
    Identity identity();

    /** Takes a new identity, after the store has given this member up. */
    Identity renew();

    /** The ledger, seen by this member. */
    Ledger ledger();

    /** What other members' steps decided for this one. */
    Signals signals();

    /** Where blocking calls run: the caller itself for a ledger in memory, own platform threads for one behind a wire. */
    Executor calls();

    /**
     * Where a call runs whose caller waits for its end anyway: {@link #calls()}, unless the caller's own thread will do, which saves two
     * changes of threads. It will if no interrupt can break anything there, and if a call takes four seconds at most, whatever the store
     * does. It must not throw what the call throws.
     */
    default Executor callsOfWaiters() {
        return calls();
    }

    /** After how long without a sign of life the store gives this member up. */
    Duration memberTtl();

    /** Frees what the backend itself holds, such as connections. Called once, after {@link Ledger#leave()}. */
    @Override
    void close();
}
