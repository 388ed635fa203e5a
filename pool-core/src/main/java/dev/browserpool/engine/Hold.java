package dev.browserpool.engine;

import dev.browserpool.BrowserPoolException;
import dev.browserpool.LeaseLoss;
import dev.browserpool.ProfileLock;
import dev.browserpool.SlotRequest;
import dev.browserpool.spi.Ending;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.ProfileEnd;
import dev.browserpool.spi.Ticket;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
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

    private static final VarHandle TICKET = field("ticket", Ticket.class);
    private static final VarHandle STAGE = field("stage", Stage.class);
    private static final VarHandle ARRIVAL = field("arrival", long.class);
    private static final VarHandle ENDS_AT = field("endsAt", long.class);
    private static final VarHandle VERDICT = field("verdict", Outcome.class);

    final ReentrantLock lock = new ReentrantLock();
    final SlotRequest request;
    final Duration timeout;
    final Duration maxDuration;
    final boolean mayWait;

    /** The thread in whose hands the lease is; null for a future's, which may be anywhere. */
    final @Nullable Thread asker;

    final @Nullable Throwable acquiredAt;

    /** The ticket under which the ledger knows it; a new one, while it is in line, after this member had to join anew. */
    volatile Ticket ticket;

    /** Written by {@link #moveTo} only. */
    volatile Stage stage;

    volatile @Nullable LeaseLoss loss;

    /** The number of the heartbeat before which it was last seen to be in line or granted. */
    long seenAtBeat = Long.MAX_VALUE;

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

    private volatile long arrival;

    // Of the grant; written before the stage becomes HELD.
    long token;
    long grantedAt;
    private volatile long endsAt;
    Optional<ProfileLock> profile = Optional.empty();
    Optional<ProfileLock> recoveredFrom = Optional.empty();
    Optional<Grant.OfProfile> ofProfile = Optional.empty();
    LeakDetector.@Nullable LeaseReference lease;

    /**
     * Whether it was ever handed to the ledger. Without a barrier, which every lease would pay for: attempts follow each other, and who
     * looks too early leaves something that the next sign of life finds.
     */
    boolean mayBeKnown;

    /** Whether its thread was warned that it waits for another one. Of that thread alone. */
    boolean warned;

    /** Whether its leak was logged. Under the lock. */
    boolean explained;

    /** Whether it is on its way to the ledger as a lease that is given back, not as a new request. */
    volatile boolean parking;
    /** The token under which this request held its slot before it was parked: what bears it, or an older one, is old news. */
    long parkedToken;
    // Under the lock.
    /** By how much its holder moved its end, in nanoseconds. */
    long extended;

    /** Whether it opened its profile's directory, and the ledger knows. */
    boolean opened;

    /** The part of it that the ledger has confirmed. */
    long extensionTold;

    boolean conflictTold;
    boolean outsideTold;
    /** Whether a note is on its way to the store; the next one waits for it. */
    boolean noting;

    /** Under the lock. */
    ProfileEnd profileEnd = ProfileEnd.CLEAN;

    private volatile @Nullable Outcome verdict;
    volatile @Nullable Supplier<ProfileEnd> onForgotten;

    // Of the end; written before the stage becomes GONE.

    /** How it ended, by the ledger's word; null while it has not, or if the ledger was never heard of it again. */
    @Nullable
    Ending ending;

    long endedAt;

    @SuppressWarnings("NullAway.Init") // stage and ticket are set without the barriers that nobody needs yet
    Hold(
            Ticket ticket,
            SlotRequest request,
            Duration timeout,
            Duration maxDuration,
            boolean mayWait,
            Waiter waiter,
            @Nullable Throwable acquiredAt) {
        TICKET.set(this, ticket);
        STAGE.set(this, Stage.SENT);
        this.request = request;
        this.timeout = timeout;
        this.maxDuration = maxDuration;
        this.mayWait = mayWait;
        this.waiter = waiter;
        this.acquiredAt = acquiredAt;
        this.asker = waiter instanceof BlockedCaller ? Thread.currentThread() : null;
    }

    /** The same request after it was parked: in line again, under the same ticket. Under the lock. */
    Hold parked(Waiter nextWaiter) {
        Hold again = new Hold(ticket, request, timeout, maxDuration, mayWait, nextWaiter, acquiredAt);
        again.parking = true;
        again.parkedToken = token;
        again.arriveAs(arrival);
        again.conflictTold = conflictTold;
        again.outsideTold = outsideTold;
        again.waitingSince = waitingSince;
        again.waitUntil = waitUntil;
        again.nextReport = nextReport;
        return again;
    }

    /** Where it stands from now on. Under the lock, whose release is the barrier. */
    void moveTo(Stage next) {
        STAGE.setRelease(this, next);
    }

    /** Its place in line. Under the lock, whose release is the barrier. */
    void arriveAs(long number) {
        ARRIVAL.setRelease(this, number);
    }

    /** Its place in line, by the ledger's word; 0 before that, kept to the end. */
    long arrival() {
        return arrival;
    }

    /** When its time is over, in engine nanoseconds. Under the lock, whose release is the barrier. */
    void endAt(long nanos) {
        ENDS_AT.setRelease(this, nanos);
    }

    /** When its time is over, in engine nanoseconds. */
    long endsAt() {
        return endsAt;
    }

    /** Its holder says that it went well, unless he has said something else before. */
    void saysCompleted() {
        VERDICT.compareAndSet(this, null, Outcome.COMPLETED);
    }

    /** Its holder says that it went wrong, which counts whatever he said before. */
    void saysFailed(Outcome how) {
        verdict = how;
    }

    /** What its holder has said; null if he has said nothing. */
    @Nullable
    Outcome verdict() {
        return verdict;
    }

    /** Whoever is to be told, exactly once. Under the lock. */
    @Nullable
    Waiter takeWaiter() {
        Waiter taken = waiter;
        waiter = null;
        return taken;
    }

    /** Tells the caller that there will be no lease, whatever becomes of the request; unless he was told or gave up. */
    void fail(Supplier<BrowserPoolException> why) {
        Waiter caller;
        lock.lock();
        try {
            caller = takeWaiter();
        } finally {
            lock.unlock();
        }
        if (caller != null) {
            caller.failed(why);
        }
    }

    private static VarHandle field(String name, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(Hold.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    String id() {
        return request.requestId();
    }
}
