package dev.browserpool.engine;

import dev.browserpool.BrowserSlot;
import dev.browserpool.LeaseLostException;
import dev.browserpool.OperationType;
import dev.browserpool.PoolEvent.ProfileConflict.Detector;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.engine.Hold.Stage;
import dev.browserpool.spi.Ending;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.OutsideOwner;
import dev.browserpool.spi.Query;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What leases ask of the engine. */
final class Doors implements LeaseDoors {
    private static final Logger log = LoggerFactory.getLogger(Doors.class);
    private static final long CLOSE_WAITS = TimeUnit.SECONDS.toNanos(5);

    private final Core core;
    private final Releases releases;
    private final Submitter submitter;
    private final Parker parker;
    private final LeaseChanges changes;

    /** The way in for children. */
    interface Submitter {
        Hold submit(SlotRequest request, boolean mayWait, Waiter waiter);
    }

    /** The way back into the line. */
    interface Parker {
        PooledLease park(Hold hold, OutsideOwner by, Detector detectedBy, Duration lookAgainIn)
                throws InterruptedException;
    }

    Doors(Core core, Releases releases, Submitter submitter, Parker parker) {
        this.core = core;
        this.releases = releases;
        this.submitter = submitter;
        this.parker = parker;
        this.changes = new LeaseChanges(core);
    }

    @Override
    public boolean isValid(Hold hold) {
        return hold.stage == Stage.HELD && hold.loss == null && core.trust.holds() && !isExpired(hold);
    }

    @Override
    public boolean isExpired(Hold hold) {
        return core.time.now() >= hold.endsAt();
    }

    @Override
    public BrowserSlot slot(Hold hold) {
        Ending ending = hold.stage == Stage.GONE ? hold.ending : null;
        if (ending != null) {
            return core.views.ended(hold, ending, hold.endedAt);
        }
        return core.calls
                .ask(() -> core.ledger().read(new Query.Slot(hold.id())))
                .filter(slot -> slot.ticket().equals(hold.ticket))
                .map(core.views::slot)
                .orElseThrow(() -> new LeaseLostException(hold.id(), Optional.ofNullable(hold.loss)));
    }

    @Override
    public SlotLease child(Hold hold, String requestId, OperationType type) {
        BlockedCaller caller = new BlockedCaller();
        SlotRequest request =
                SlotRequest.builder(requestId, type).under(hold.id()).build();
        Hold unused = submitter.submit(request, false, caller);
        return caller.awaitUninterruptibly();
    }

    @Override
    public void close(Hold hold, Outcome outcome) {
        releases.releaseAndWait(hold, outcome);
        if (hold.stage == Stage.RELEASING) {
            awaitGone(hold);
        }
    }

    /** The store is slow or away. The pool goes on trying by itself, so waiting longer would gain nothing. */
    private void awaitGone(Hold hold) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + CLOSE_WAITS;
        while (true) {
            try {
                if (!core.table.await(() -> hold.stage != Stage.RELEASING, deadline - System.nanoTime())) {
                    log.info("pool {}: request {} is still being given back", core.config.name(), hold.id());
                }
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public LeaseChanges changes() {
        return changes;
    }

    @Override
    public void admit(Hold hold) {
        core.gates.pass(hold.request);
    }

    @Override
    public PooledLease park(Hold hold, OutsideOwner by, Detector detectedBy, Duration lookAgainIn)
            throws InterruptedException {
        return parker.park(hold, by, detectedBy, lookAgainIn);
    }

    @Override
    public void decline(Hold hold, PooledLease lease) {
        releases.giveBack(hold, lease);
    }

    @Override
    public void tell(Runnable listener) {
        core.dispatcher.aboutLease(listener);
    }
}
