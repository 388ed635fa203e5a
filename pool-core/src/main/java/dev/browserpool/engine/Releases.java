package dev.browserpool.engine;

import dev.browserpool.LeaseLoss;
import dev.browserpool.PoolEvent;
import dev.browserpool.SlotState;
import dev.browserpool.engine.Hold.Stage;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.Release;
import dev.browserpool.spi.SlotFacts;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way out: a lease is given back, taken back, or found forgotten. */
final class Releases {
    private static final Logger log = LoggerFactory.getLogger(Releases.class);
    private static final Outcome FORGOTTEN = new Outcome(SlotState.LOST, "it was forgotten: never closed");
    private static final Outcome UNKNOWN = new Outcome(SlotState.CANCELLED, "nobody waits for it");

    private final Core core;

    Releases(Core core) {
        this.core = core;
    }

    /** Makes the lease of a grant. Under the request's lock. */
    PooledLease hold(Hold hold, Grant grant, LeaseDoors doors) {
        hold.token = grant.token();
        hold.endsAt = core.time.in(grant.endsIn());
        hold.profile = grant.profile().map(core.views::lock);
        hold.recoveredFrom = grant.recoveredFrom().map(core.views::lock);
        hold.seenAtBeat = core.beats.get();
        PooledLease lease = new PooledLease(hold, doors);
        hold.lease = core.leaks.watch(lease, hold);
        return lease;
    }

    /** Gives a lease back, once. */
    void release(Hold hold, Outcome outcome) {
        hold.lock.lock();
        try {
            if (hold.stage != Stage.HELD) {
                return;
            }
            core.table.move(hold, Stage.RELEASING);
            LeakDetector.LeaseReference reference = hold.lease;
            if (reference != null) {
                reference.clear();
            }
        } finally {
            hold.lock.unlock();
        }
        core.calls.send(
                () -> core.ledger().release(hold.ticket, hold.token, outcome),
                core.whenTheStoreForgets(),
                release -> gone(hold, release instanceof Release.Ended ended ? ended.last() : null),
                away -> {
                    log.warn(
                            "pool {}: the release of request {} could not be told to the store, which takes it back by "
                                    + "itself",
                            core.config.name(),
                            hold.id(),
                            away);
                    gone(hold, null);
                });
    }

    private void gone(Hold hold, @Nullable SlotFacts last) {
        hold.lock.lock();
        try {
            if (hold.stage != Stage.GONE) {
                end(hold, last);
            }
        } finally {
            hold.lock.unlock();
        }
    }

    private void end(Hold hold, @Nullable SlotFacts last) {
        if (last != null) {
            hold.last = last;
            hold.lastSeenAt = core.time.now();
            core.events.publish(() -> new PoolEvent.Ended(core.views.slot(last)));
        }
        core.table.move(hold, Stage.GONE);
    }

    /** A lease is being taken back: its holder hears of it, on a dispatcher. */
    void lost(Hold hold, LeaseLoss loss) {
        hold.lock.lock();
        try {
            if (hold.stage == Stage.GONE || hold.loss != null) {
                return;
            }
            if (hold.stage != Stage.HELD && hold.stage != Stage.RELEASING) {
                hold.early = loss;
                return;
            }
            if (loss.token() != hold.token) {
                return;
            }
            hold.loss = loss;
            core.events.publish(() -> new PoolEvent.Stopping(hold.request, loss));
        } finally {
            hold.lock.unlock();
        }
        tellHolder(hold, loss);
    }

    /** Signals may overtake each other: a loss may have arrived before its grant. */
    void lostBeforeItWasSeen(Hold hold) {
        LeaseLoss early = hold.early;
        if (early != null) {
            lost(hold, early);
        }
    }

    /** The ledger has ended a lease by itself. */
    void ended(Hold hold, SlotFacts last) {
        LeaseLoss loss;
        hold.lock.lock();
        try {
            boolean mine = last.grant().map(g -> g.token() == hold.token).orElse(false);
            if (!mine || (hold.stage != Stage.HELD && hold.stage != Stage.RELEASING)) {
                return;
            }
            loss = hold.loss == null ? lossOf(hold, last) : null;
            if (loss != null) {
                hold.loss = loss;
            }
            end(hold, last);
        } finally {
            hold.lock.unlock();
        }
        if (loss != null) {
            tellHolder(hold, loss);
        }
    }

    private static LeaseLoss lossOf(Hold hold, SlotFacts last) {
        LeaseLoss.Reason reason = switch (last.state()) {
            case EXPIRED -> LeaseLoss.Reason.EXPIRED;
            case LOST, ABANDONED -> LeaseLoss.Reason.LOST;
            default -> LeaseLoss.Reason.REVOKED;
        };
        String why = last.ending().map(SlotFacts.Ending::reason).orElse("it was ended");
        return new LeaseLoss(hold.id(), hold.token, reason, why);
    }

    private void tellHolder(Hold hold, LeaseLoss loss) {
        LeakDetector.LeaseReference reference = hold.lease;
        PooledLease lease = reference == null ? null : reference.get();
        if (lease != null) {
            lease.lost(loss);
        }
    }

    /** Stops the browser of a forgotten lease, if it has one, and gives the lease back. */
    void reclaim(Hold hold) {
        core.events.publish(() -> new PoolEvent.Leaked(hold.request, hold.token));
        core.dispatcher.execute(() -> {
            Runnable stopBrowser = hold.onForgotten;
            if (stopBrowser != null) {
                try {
                    stopBrowser.run();
                } catch (RuntimeException e) {
                    log.warn(
                            "pool {}: the browser of request {} could not be stopped",
                            core.config.name(),
                            hold.id(),
                            e);
                }
            }
            release(hold, FORGOTTEN);
        });
    }

    /** The ledger holds a lease for this member of which the engine knows nothing. */
    void releaseUnknown(Ticket ticket, Grant grant) {
        core.calls.send(
                () -> core.ledger().release(ticket, grant.token(), UNKNOWN),
                core.whenTheStoreForgets(),
                release -> log.debug("{} was held by nobody: {}", ticket, release),
                away -> log.debug("{} is held by nobody", ticket, away));
    }

    /** Takes a lease back without asking anybody: this member can no longer know that it is its own. */
    void lose(Hold hold, LeaseLoss.Reason reason, String message) {
        if (hold.stage == Stage.HELD) {
            lost(hold, new LeaseLoss(hold.id(), hold.token, reason, message));
        }
    }

    /** The pool is gone, and with it whatever was still open. */
    void abandon(Hold hold) {
        gone(hold, null);
    }

    /** The last known state of a lease that has ended. */
    Optional<SlotFacts> lastOf(Hold hold) {
        SlotFacts last = hold.last;
        return last == null
                ? Optional.empty()
                : Optional.of(last.later(Duration.ofNanos(core.time.now() - hold.lastSeenAt)));
    }
}
