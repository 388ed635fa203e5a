package dev.browserpool.engine;

import dev.browserpool.BrowserPoolException;
import dev.browserpool.PoolEvent;
import dev.browserpool.RequestCancelledException;
import dev.browserpool.SlotState;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.engine.Hold.Stage;
import dev.browserpool.spi.Admission;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.Refusal;
import dev.browserpool.spi.SlotFacts;
import dev.browserpool.spi.Wait;
import dev.browserpool.spi.Withdrawal;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way in: a request is sent, waits, and is granted, refused or withdrawn. Every step may be repeated or come too late. */
final class Submissions {
    private static final Outcome UNUSED =
            new Outcome(SlotState.CANCELLED, "it was granted when its caller had given up already");
    private static final Wait SOMEWHERE = new Wait(0, List.of(), Optional.empty());

    private final Core core;
    private final Releases releases;
    private final LeaseDoors doors;
    private final Patience patience;
    private volatile Runnable rejoin = () -> {};

    Submissions(Core core, Releases releases, LeaseDoors doors) {
        this.core = core;
        this.doors = doors;
        this.releases = releases;
        this.patience = new Patience(core, this::timeIsUp);
    }

    void rejoinBy(Runnable how) {
        this.rejoin = how;
    }

    void submit(Hold hold) {
        core.table.add(hold);
        patience.begin(hold);
        send(hold);
    }

    /** Sends a request again under a new ticket: this member has become another one. */
    void resubmit(Hold hold) {
        hold.lock.lock();
        try {
            if (hold.stage != Stage.SENT && hold.stage != Stage.WAITING) {
                return;
            }
            core.table.move(hold, Stage.SENT);
            core.table.rename(hold, core.nextTicket());
        } finally {
            hold.lock.unlock();
        }
        send(hold);
    }

    private void send(Hold hold) {
        Ask ask = new Ask(hold.ticket, hold.request, hold.mayWait, hold.maxDuration);
        core.calls.send(
                () -> core.ledger().submit(ask),
                patience.endOf(hold),
                admission -> admitted(hold, ask, admission),
                away -> unanswered(hold, away));
    }

    /** Whether the request is in line is unknown: the caller hears so, and it is withdrawn in case it is. */
    private void unanswered(Hold hold, StoreUnavailableException away) {
        fail(hold, () -> away);
        hold.lock.lock();
        try {
            if (hold.stage == Stage.SENT) {
                hold.leaving = new Outcome(SlotState.CANCELLED, "the store could not be reached");
                core.table.move(hold, Stage.LEAVING);
            } else if (hold.stage != Stage.LEAVING) {
                return;
            }
        } finally {
            hold.lock.unlock();
        }
        withdraw(hold);
    }

    private void admitted(Hold hold, Ask ask, Admission admission) {
        if (admission instanceof Admission.Granted granted) {
            granted(hold, granted.grant(), true);
        } else if (admission instanceof Admission.Queued queued) {
            queued(hold, queued);
        } else if (admission instanceof Admission.Refused refused) {
            refused(hold, refused.refusal());
        } else if (ask.ticket().member().equals(core.identity().member())) {
            rejoin.run();
        } else {
            resubmit(hold);
        }
    }

    private void queued(Hold hold, Admission.Queued queued) {
        boolean gaveUp;
        boolean first = false;
        hold.lock.lock();
        try {
            gaveUp = hold.stage == Stage.LEAVING;
            if (hold.stage == Stage.SENT) {
                hold.seenAtBeat = core.beats.get();
                first = core.table.move(hold, Stage.WAITING);
                patience.start(hold);
                core.events.publish(() -> new PoolEvent.Queued(hold.request, queued.position()));
                if (queued.conflict()) {
                    core.events.publish(() -> new PoolEvent.ProfileConflict(
                            hold.request,
                            queued.owner().map(core.views::lock),
                            PoolEvent.ProfileConflict.Decision.WAIT));
                }
            }
        } finally {
            hold.lock.unlock();
        }
        if (gaveUp) {
            withdraw(hold);
        } else if (first) {
            core.wakeSoon();
        }
    }

    private void refused(Hold hold, Refusal refusal) {
        BrowserPoolException why = core.refusals.exception(hold, refusal);
        Waiter waiter;
        hold.lock.lock();
        try {
            core.table.move(hold, Stage.GONE);
            patience.end(hold);
            waiter = hold.takeWaiter();
            if (refusal instanceof Refusal.Conflict conflict) {
                core.events.publish(() -> new PoolEvent.ProfileConflict(
                        hold.request,
                        conflict.owner().map(core.views::lock),
                        PoolEvent.ProfileConflict.Decision.REFUSE));
            }
            core.events.publish(
                    () -> new PoolEvent.Refused(hold.request, refusal.reason(), String.valueOf(why.getMessage())));
        } finally {
            hold.lock.unlock();
        }
        tell(waiter, () -> core.refusals.exception(hold, refusal));
    }

    /**
     * The request has its slot. While its caller is leaving, a mere signal changes nothing: the answer to the withdrawal will
     * say the same.
     */
    void granted(Hold hold, Grant grant, boolean answer) {
        Waiter waiter;
        PooledLease lease;
        boolean first;
        hold.lock.lock();
        try {
            boolean expected = hold.stage == Stage.SENT || hold.stage == Stage.WAITING;
            if (!expected && !(answer && hold.stage == Stage.LEAVING)) {
                return;
            }
            patience.end(hold);
            lease = releases.hold(hold, grant, doors);
            first = core.table.move(hold, Stage.HELD);
            core.events.publish(() -> new PoolEvent.Granted(hold.request, grant.token()));
            waiter = hold.takeWaiter();
        } finally {
            hold.lock.unlock();
        }
        releases.lostBeforeItWasSeen(hold);
        if (waiter == null) {
            core.dispatcher.execute(() -> releases.release(hold, UNUSED));
        } else {
            waiter.granted(lease, () -> core.dispatcher.execute(() -> releases.release(hold, UNUSED)));
        }
        if (first) {
            core.wakeSoon();
        }
    }

    private void timeIsUp(Hold hold) {
        startLeaving(hold, new Outcome(SlotState.TIMED_OUT, "it waited for longer than " + hold.timeout), false);
        if (hold.stage == Stage.LEAVING) {
            core.deadlines.schedule(
                    core.time.in(core.config.pollInterval()),
                    () -> fail(hold, () -> core.refusals.timeout(hold, SOMEWHERE)));
        }
    }

    /** The caller has given up: whatever comes is not for him any more. */
    void leave(Hold hold, Outcome outcome) {
        startLeaving(hold, outcome, true);
    }

    private void startLeaving(Hold hold, Outcome outcome, boolean callerIsGone) {
        hold.lock.lock();
        try {
            Waiter unused = callerIsGone ? hold.takeWaiter() : null;
            if (hold.stage != Stage.SENT && hold.stage != Stage.WAITING) {
                return;
            }
            boolean onItsWay = hold.stage == Stage.SENT;
            hold.leaving = outcome;
            core.table.move(hold, Stage.LEAVING);
            patience.end(hold);
            if (onItsWay) {
                return; // its admission comes, and goes on from here
            }
        } finally {
            hold.lock.unlock();
        }
        withdraw(hold);
    }

    private void withdraw(Hold hold) {
        core.calls.send(
                () -> core.ledger().withdraw(hold.ticket, hold.leaving),
                core.whenTheStoreForgets(),
                withdrawal -> withdrawn(hold, withdrawal),
                away -> left(hold, Optional.empty(), SOMEWHERE));
    }

    private void withdrawn(Hold hold, Withdrawal withdrawal) {
        if (withdrawal instanceof Withdrawal.Granted granted) {
            granted(hold, granted.grant(), true);
        } else if (withdrawal instanceof Withdrawal.Gone gone) {
            left(hold, gone.ended(), gone.where());
        } else {
            left(hold, Optional.empty(), SOMEWHERE);
        }
    }

    private void left(Hold hold, Optional<SlotFacts> last, Wait where) {
        end(
                hold,
                last,
                () -> hold.leaving.state() == SlotState.TIMED_OUT
                        ? core.refusals.timeout(hold, where)
                        : new RequestCancelledException(hold.id(), hold.leaving.reason()));
    }

    /** Somebody else ended it while it was in line. */
    void endedInLine(Hold hold, SlotFacts last) {
        if (last.state() == SlotState.ABANDONED) {
            return; // this member was given up; it will hear so, join anew, and send its requests again
        }
        String reason = last.ending().map(SlotFacts.Ending::reason).orElse("it was ended");
        end(hold, Optional.of(last), () -> new RequestCancelledException(hold.id(), reason));
    }

    /** The ledger has no such waiter any more. */
    void vanished(Hold hold) {
        end(hold, Optional.empty(), () -> new RequestCancelledException(hold.id(), "the store knows it no longer"));
    }

    private void end(Hold hold, Optional<SlotFacts> last, Supplier<BrowserPoolException> why) {
        Waiter waiter;
        hold.lock.lock();
        try {
            if (hold.stage != Stage.SENT && hold.stage != Stage.WAITING && hold.stage != Stage.LEAVING) {
                return;
            }
            patience.end(hold);
            core.table.move(hold, Stage.GONE);
            last.ifPresent(facts -> core.events.publish(() -> new PoolEvent.Ended(core.views.slot(facts))));
            waiter = hold.takeWaiter();
        } finally {
            hold.lock.unlock();
        }
        tell(waiter, why);
    }

    /** Tells the caller that there will be no lease, whatever becomes of the request. */
    void fail(Hold hold, Supplier<BrowserPoolException> why) {
        Waiter waiter;
        hold.lock.lock();
        try {
            waiter = hold.takeWaiter();
        } finally {
            hold.lock.unlock();
        }
        tell(waiter, why);
    }

    private static void tell(@Nullable Waiter waiter, Supplier<BrowserPoolException> why) {
        if (waiter != null) {
            waiter.failed(why);
        }
    }
}
