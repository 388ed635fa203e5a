package dev.browserpool.engine;

import dev.browserpool.LeaseLoss;
import dev.browserpool.SlotState;
import dev.browserpool.engine.Hold.Stage;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.Which;
import java.time.Duration;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a pool: nobody waits any more, leases are waited for, then taken back; nothing of this member stays behind. */
final class Closing {
    private static final Logger log = LoggerFactory.getLogger(Closing.class);
    private static final Outcome CLOSED = new Outcome(SlotState.CANCELLED, "the pool was closed");

    private final Core core;
    private final Withdrawals withdrawals;
    private final Releases releases;
    private final Housekeeper housekeeper;
    private boolean interrupted;

    Closing(Core core, Withdrawals withdrawals, Releases releases, Housekeeper housekeeper) {
        this.core = core;
        this.withdrawals = withdrawals;
        this.releases = releases;
        this.housekeeper = housekeeper;
    }

    void close() {
        core.loadTests.closing();
        emptyTheLine();
        Thread me = Thread.currentThread();
        await(hold -> hold.asker != me, core.config.closeGrace());
        takeBack();
        await(Closing::somebodyStopsIt, core.config.stopGrace());
        leave();
        if (interrupted) {
            me.interrupt();
        }
    }

    void emptyTheLine() {
        for (Hold hold : core.table.all()) {
            if (hold.stage == Stage.SENT || hold.stage == Stage.WAITING) {
                hold.fail(withdrawals.closed(hold));
                withdrawals.leave(hold, CLOSED);
            }
        }
    }

    private static boolean isOpen(Hold hold) {
        return hold.stage == Stage.HELD || hold.stage == Stage.RELEASING;
    }

    private static boolean somebodyStopsIt(Hold hold) {
        LeakDetector.LeaseReference reference = hold.lease;
        PooledLease lease = reference == null ? null : reference.get();
        return hold.stage == Stage.RELEASING || hold.onForgotten != null || (lease != null && lease.hasListeners());
    }

    private void await(Predicate<Hold> concerned, Duration atMost) {
        if (interrupted) {
            return;
        }
        try {
            boolean unused = core.table.await(
                    () -> !core.table.has(hold -> isOpen(hold) && concerned.test(hold)), atMost.toNanos());
        } catch (InterruptedException e) {
            interrupted = true;
        }
    }

    private void takeBack() {
        for (Hold hold : core.table.all()) {
            if (hold.stage == Stage.HELD) {
                core.leaks.explain(hold, "was still open when the pool was closed");
                if (hold.loss == null) { // or the store may have given its name to another by now
                    stop(hold);
                }
                releases.lose(hold, LeaseLoss.Reason.REVOKED, "the pool was closed");
            }
        }
    }

    private void stop(Hold hold) {
        core.calls.send(
                () -> core.ledger().stop(new Which.Running(hold.id()), LeaseLoss.Reason.REVOKED, "the pool was closed"),
                core.time.now(),
                Duration.ZERO,
                (stopped, sentAt) -> log.debug("pool {}: {} is taken back", core.config.name(), stopped),
                away -> log.debug("pool {}: the store is away", core.config.name(), away));
    }

    private void leave() {
        core.left = true;
        try {
            boolean unused = core.calls.order(() -> core.ledger().leave());
        } catch (RuntimeException e) {
            log.warn("pool {}: the store could not be told that this member leaves", core.config.name(), e);
        }
        core.loadTests.closed();
        for (Hold hold : core.table.all()) {
            hold.fail(withdrawals.closed(hold)); // it came after the line was emptied
            releases.lose(hold, LeaseLoss.Reason.REVOKED, "the pool was closed");
            releases.abandon(hold);
        }
        housekeeper.close();
        core.events.close();
        core.dispatcher.close();
        core.backend.close();
    }
}
