package dev.browserpool.engine;

import dev.browserpool.LeaseLoss;
import dev.browserpool.ProfileLock;
import dev.browserpool.SlotRequest;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.SlotFacts;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One request of this member, from the moment at which it is sent to its end. Its lock guards its stage, so that every event
 * about it is published in order; nothing that blocks, and no user code, runs under that lock. It refers to the lease in the
 * user's hands weakly, through the reference of the leak detector, so that a forgotten one can be found.
 */
final class Hold {
    /** Where a request stands, from this side. */
    enum Stage {
        /** On its way to the ledger. */
        SENT,
        /** In line. */
        WAITING,
        /** Its caller gave up; the ledger does not know yet. */
        LEAVING,
        /** Granted: the lease is with the user, or on its way to him. */
        HELD,
        /** Given back; the ledger does not know yet. */
        RELEASING,
        /** Ended. */
        GONE
    }

    final ReentrantLock lock = new ReentrantLock();
    final SlotRequest request;
    final Duration timeout;
    final Duration maxDuration;
    final boolean mayWait;
    final Thread asker = Thread.currentThread();
    final @Nullable Throwable acquiredAt;

    /** The ticket under which the ledger knows it; a new one after this member had to join anew. */
    volatile Ticket ticket;

    volatile Stage stage = Stage.SENT;
    volatile @Nullable LeaseLoss loss;

    /** The number of the heartbeat before which it was last seen to be in line or granted. */
    volatile long seenAtBeat = Long.MAX_VALUE;

    /** Whom to tell; null once he was told or gave up. An answered waiter refers to the lease, so it must not stay here. */
    private @Nullable Waiter waiter;

    /** Why it leaves the line, once it does. */
    Outcome leaving = Outcome.RELEASED;

    /** A loss that arrived before the grant that it ends. */
    @Nullable
    LeaseLoss early;

    // How long it waits, in engine nanoseconds; see Patience.
    long waitingSince;
    long waitUntil;
    long nextReport;
    Deadlines.@Nullable Entry wake;

    // Of the grant; written before the stage becomes HELD.
    long token;
    long endsAt;
    Optional<ProfileLock> profile = Optional.empty();
    Optional<ProfileLock> recoveredFrom = Optional.empty();

    volatile LeakDetector.@Nullable LeaseReference lease;
    volatile @Nullable Outcome verdict;
    volatile @Nullable Runnable onForgotten;
    volatile @Nullable SlotFacts last;
    volatile long lastSeenAt;

    /** The lease that the same thread got before and may still hold. */
    @Nullable
    Hold earlierOfThread;

    Hold(
            Ticket ticket,
            SlotRequest request,
            Duration timeout,
            Duration maxDuration,
            boolean mayWait,
            Waiter waiter,
            @Nullable Throwable acquiredAt) {
        this.ticket = ticket;
        this.request = request;
        this.timeout = timeout;
        this.maxDuration = maxDuration;
        this.mayWait = mayWait;
        this.waiter = waiter;
        this.acquiredAt = acquiredAt;
    }

    /** Whoever is to be told, exactly once. Under the lock. */
    @Nullable
    Waiter takeWaiter() {
        Waiter taken = waiter;
        waiter = null;
        return taken;
    }

    String id() {
        return request.requestId();
    }
}
