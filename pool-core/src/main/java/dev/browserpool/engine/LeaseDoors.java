package dev.browserpool.engine;

import dev.browserpool.BrowserSlot;
import dev.browserpool.OperationType;
import dev.browserpool.PoolEvent.ProfileConflict.Detector;
import dev.browserpool.SlotLease;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.OutsideOwner;
import java.time.Duration;

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

    /** What its holder says about it. */
    LeaseChanges changes();

    /** Asks the gates once more; throws if one does not let it on. */
    void admit(Hold hold);

    /** Gives it back and waits in line, at its old place, since somebody else is on its profile. */
    PooledLease park(Hold hold, OutsideOwner by, Detector detectedBy, Duration lookAgainIn) throws InterruptedException;

    /** Gives back a lease that its caller does not want any more. */
    void decline(Hold hold, PooledLease lease);

    /** Runs something of the user's on a thread of the pool. */
    void tell(Runnable listener);
}
