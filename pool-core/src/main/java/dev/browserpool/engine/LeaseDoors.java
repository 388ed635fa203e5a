package dev.browserpool.engine;

import dev.browserpool.BrowserSlot;
import dev.browserpool.OperationType;
import dev.browserpool.SlotLease;
import dev.browserpool.spi.Outcome;

/** What a lease asks of the engine behind it. */
interface LeaseDoors {
    /** Whether the lease is still its holder's by the clocks of this JVM. */
    boolean isValid(Hold hold);

    /** Whether its time is over by the clock of this JVM; if it is not, but the lease is not valid, the store was away too long. */
    boolean isExpired(Hold hold);

    BrowserSlot slot(Hold hold);

    SlotLease child(Hold hold, String requestId, OperationType type);

    /** Gives the lease back, and waits for the store for a moment at most. */
    void close(Hold hold, Outcome outcome);

    void releasing(Hold hold);

    /** Gives back a lease that its caller does not want any more. */
    void decline(Hold hold, PooledLease lease);

    /** Runs something of the user's on a thread of the pool. */
    void tell(Runnable listener);
}
