package dev.browserpool.engine;

import dev.browserpool.AdmissionRefusedException;
import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserSlot;
import dev.browserpool.LeaseFunction;
import dev.browserpool.LeaseLoss;
import dev.browserpool.LoadTestLock;
import dev.browserpool.LogContext;
import dev.browserpool.PoolClosedException;
import dev.browserpool.PoolConfig;
import dev.browserpool.PoolEvent.ProfileConflict.Detector;
import dev.browserpool.PoolHealth;
import dev.browserpool.PoolListener;
import dev.browserpool.PoolOperations;
import dev.browserpool.PoolStatus;
import dev.browserpool.ProfileLocks;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.SlotTimeoutException;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.OutsideOwner;
import dev.browserpool.spi.PoolTime;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.SlotFacts;
import dev.browserpool.spi.Ticket;
import dev.browserpool.spi.Which;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** The pool that users see: one engine over one ledger. */
public final class EnginePool implements BrowserPool {
    private final Core core;
    private final Submissions submissions;
    private final Withdrawals withdrawals;
    private final Heartbeat heartbeat;
    private final NestedAcquire nested;
    private final Parking parking;
    private final Operations operations;
    private final ProfileLocks locks;
    private final LoadTestLock loadTests;
    private final StatusView statusView;
    private final Closing closing;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EnginePool(Backend backend, PoolConfig config, PoolTime time) {
        this.core = new Core(backend, config, time, this::heard);
        Releases releases = new Releases(core);
        Patience patience = new Patience(core);
        Grants grants = new Grants(core, releases, new Doors(core, releases, this::submit, this::park), patience);
        this.withdrawals = new Withdrawals(core, grants, patience);
        patience.endsBy(withdrawals::timeIsUp);
        this.submissions = new Submissions(core, grants, withdrawals, patience);
        Door door = new Door(core, grants, withdrawals, releases);
        this.heartbeat = new Heartbeat(core, submissions, grants, withdrawals, releases, door);
        submissions.ifUnknown(heartbeat::isUnknown);
        this.nested = new NestedAcquire(config.name());
        this.parking = new Parking(
                core, releases, withdrawals, patience, nested, submissions::resubmit, this::emptyTheLineIfClosed);
        this.operations = new Operations(core);
        this.locks = new Locks(core);
        this.loadTests = new LoadTestDesk(core);
        this.statusView = new StatusView(core);
        this.closing = new Closing(core, withdrawals, releases, new Housekeeper(core, time, heartbeat, releases));
    }

    /** Opens a pool over a backend; see {@link dev.browserpool.spi.BackendPools}. */
    public static BrowserPool open(Backend backend, PoolConfig config, PoolTime time) {
        EnginePool pool = new EnginePool(backend, config, time);
        try {
            pool.heartbeat.start();
        } catch (RuntimeException e) {
            pool.closing.close();
            throw e;
        }
        return pool;
    }

    private void heard(long since, Reply<?> reply) {
        heartbeat.heard(since, reply);
    }

    private Hold submit(SlotRequest request, boolean mayWait, Waiter waiter) {
        PoolConfig config = core.config;
        Ticket ticket = core.nextTicket();
        Duration timeout = request.timeout().orElse(config.timeout());
        Hold hold = new Hold(
                ticket,
                request,
                timeout,
                request.maxDuration().orElse(config.maxDuration()),
                mayWait && !timeout.isZero(),
                waiter,
                core.leaks.sampleStack(ticket.number()));
        if (closed.get()) {
            throw new PoolClosedException(config.name(), request.requestId());
        }
        core.gates.enter(request);
        submissions.submit(hold);
        emptyTheLineIfClosed();
        return hold;
    }

    /** Closed in between: a request has come after the line was emptied. */
    private void emptyTheLineIfClosed() {
        if (closed.get()) {
            closing.emptyTheLine();
        }
    }

    private PooledLease park(Hold lease, OutsideOwner by, Detector detectedBy, Duration lookAgainIn)
            throws InterruptedException {
        return parking.park(lease, by, detectedBy, lookAgainIn);
    }

    @Override
    public <T, X extends Exception> T call(SlotRequest request, LeaseFunction<T, X> function)
            throws X, InterruptedException {
        try (LogContext context = LogContext.enter(core.config.name(), request);
                SlotLease lease = acquire(request)) {
            try {
                T result = function.apply(lease);
                lease.complete();
                return result;
            } catch (Throwable t) {
                lease.fail(t);
                throw t;
            }
        }
    }

    @Override
    public SlotLease acquire(SlotRequest request) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        BlockedCaller caller = new BlockedCaller();
        Hold hold = submit(request, true, caller);
        if (!caller.isAnswered()) {
            nested.warnIfHolding(request);
        }
        try {
            PooledLease lease = caller.await();
            nested.got(hold);
            return lease;
        } catch (InterruptedException e) {
            withdrawals.leave(hold, new Outcome(SlotState.CANCELLED, "its caller was interrupted"));
            throw e;
        }
    }

    @Override
    public Optional<SlotLease> tryAcquire(SlotRequest request) {
        try {
            BlockedCaller caller = new BlockedCaller();
            Hold hold = submit(request, false, caller);
            PooledLease lease = caller.awaitUninterruptibly();
            nested.got(hold);
            return Optional.of(lease);
        } catch (SlotTimeoutException wouldWait) {
            return Optional.empty();
        }
    }

    @Override
    public CompletableFuture<SlotLease> acquireAsync(SlotRequest request) {
        AsyncCaller caller = new AsyncCaller(core.dispatcher);
        Hold hold;
        try {
            hold = submit(request, true, caller);
        } catch (PoolClosedException | AdmissionRefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<SlotLease> unused = caller.future.whenComplete((lease, failure) ->
                withdrawals.leave(hold, new Outcome(SlotState.CANCELLED, "its future was completed by somebody else")));
        return caller.future;
    }

    @Override
    public boolean cancel(String requestId) {
        Objects.requireNonNull(requestId, "requestId");
        List<String> cancelled = core.calls.order(() ->
                core.ledger().stop(new Which.InLine(requestId), LeaseLoss.Reason.REVOKED, "somebody cancelled it"));
        return !cancelled.isEmpty();
    }

    @Override
    public Optional<BrowserSlot> slot(String requestId) {
        Optional<SlotFacts> facts = core.calls.ask(() -> core.ledger().read(new Query.Slot(requestId)));
        return facts.map(core.views::slot);
    }

    @Override
    public PoolConfig config() {
        return core.config;
    }

    @Override
    public PoolStatus status() {
        return statusView.status();
    }

    @Override
    public List<BrowserSlot> recent(int limit) {
        Operations.atLeast(0, "limit", limit);
        return core.views.slots(core.calls.ask(() -> core.ledger().read(new Query.Recent(limit))));
    }

    @Override
    public ProfileLocks profiles() {
        return locks;
    }

    @Override
    public LoadTestLock loadTestLock() {
        return loadTests;
    }

    @Override
    public PoolOperations operations() {
        return operations;
    }

    @Override
    public PoolHealth health() {
        long now = core.time.now();
        return new PoolHealth(
                !closed.get(),
                core.trust.holds(),
                core.trust
                        .age(now)
                        .map(age -> new PoolHealth.Store(
                                age, core.callTimes.answered(), core.callTimes.inAll(), core.callTimes.failures())),
                core.events.droppedSoFar());
    }

    @Override
    public PoolListener.Registration addListener(PoolListener listener) {
        return core.events.add(listener);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            closing.close();
        }
    }

    @Override
    public String toString() {
        return "BrowserPool[" + core.config.name() + "]";
    }
}
