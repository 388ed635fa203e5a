package dev.browserpool.engine;

import dev.browserpool.BrowserPoolException;
import dev.browserpool.PoolClosedException;
import dev.browserpool.PoolEvent;
import dev.browserpool.RequestCancelledException;
import dev.browserpool.SlotState;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.engine.Hold.Stage;
import dev.browserpool.spi.Ending;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.Wait;
import dev.browserpool.spi.Withdrawal;
import java.util.function.Supplier;

/** The way out of the line without a slot: time is up, the caller gives up, or somebody else ends the request. */
final class Withdrawals {
    private static final Outcome UNANSWERED = new Outcome(SlotState.CANCELLED, "the store gave no answer in time");

    private final Core core;
    private final Grants grants;
    private final Patience patience;

    Withdrawals(Core core, Grants grants, Patience patience) {
        this.core = core;
        this.grants = grants;
        this.patience = patience;
    }

    /** It has waited for as long as it may. */
    void timeIsUp(Hold hold) {
        startLeaving(hold, hold.mayWait ? timedOut(hold) : UNANSWERED, false);
        if (hold.stage == Stage.LEAVING) {
            core.deadlines.schedule(
                    core.time.in(core.config.pollInterval()), () -> hold.fail(() -> late(hold, Wait.UNKNOWN)));
        }
    }

    private static Outcome timedOut(Hold hold) {
        return new Outcome(SlotState.TIMED_OUT, "it waited for longer than " + hold.timeout);
    }

    /** The store may not have said in time where it was, nor whether it was in line at all. */
    private BrowserPoolException late(Hold hold, Wait where) {
        return hold.arrival() == 0 && where.equals(Wait.UNKNOWN)
                ? new StoreUnavailableException(
                        "the store gave no answer to request " + hold.id() + " before its time was over")
                : core.refusals.timeout(hold, where);
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
            boolean onItsWay = hold.stage == Stage.SENT || hold.parking;
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

    /** Tells the ledger; the answer says whether a grant was faster. */
    void withdraw(Hold hold) {
        core.calls.send(
                () -> core.ledger().withdraw(hold.ticket, hold.leaving),
                core.time.now(),
                core.untilTheStoreForgets,
                (withdrawal, sentAt) -> withdrawn(hold, withdrawal, sentAt),
                away -> left(hold, Wait.UNKNOWN));
    }

    private void withdrawn(Hold hold, Withdrawal withdrawal, long since) {
        if (withdrawal instanceof Withdrawal.Granted granted) {
            grants.granted(hold, granted.grant(), since, true);
        } else if (withdrawal instanceof Withdrawal.Gone gone) {
            left(hold, gone.where());
        } else {
            left(hold, Wait.UNKNOWN);
        }
    }

    /** The store has never heard of it. */
    void neverSent(Hold hold) {
        left(hold, Wait.UNKNOWN);
    }

    private void left(Hold hold, Wait where) {
        Ending how = new Ending(hold.leaving.state(), hold.leaving.reason());
        end(
                hold,
                how,
                () -> hold.leaving.state() == SlotState.TIMED_OUT || hold.leaving.equals(UNANSWERED)
                        ? late(hold, where)
                        : new RequestCancelledException(hold.id(), hold.leaving.reason()));
    }

    /** Somebody else ended it while it was in line. */
    void endedInLine(Hold hold, Ending how) {
        if (how.state() == SlotState.ABANDONED) {
            return; // this member was given up; it will hear so, join anew, and send its requests again
        }
        end(hold, how, () -> new RequestCancelledException(hold.id(), how.reason()));
    }

    /** The ledger has no such waiter any more. */
    void vanished(Hold hold) {
        endedInLine(hold, new Ending(SlotState.CANCELLED, "the store knows it no longer"));
    }

    void end(Hold hold, Ending how, Supplier<BrowserPoolException> why) {
        hold.lock.lock();
        try {
            if (hold.stage != Stage.SENT && hold.stage != Stage.WAITING && hold.stage != Stage.LEAVING) {
                return;
            }
            patience.end(hold);
            core.table.move(hold, Stage.GONE);
            long now = core.time.now();
            core.events.publish(() -> new PoolEvent.Ended(core.views.ended(hold, how, now)));
        } finally {
            hold.lock.unlock();
        }
        hold.fail(why);
    }

    /** It came when the pool was closed already. */
    void endedByClosing(Hold hold) {
        end(hold, new Ending(SlotState.CANCELLED, "the pool was closed"), closed(hold));
    }

    /** What whoever asks a closed pool hears. */
    Supplier<BrowserPoolException> closed(Hold hold) {
        return () -> new PoolClosedException(core.config.name(), hold.id());
    }
}
