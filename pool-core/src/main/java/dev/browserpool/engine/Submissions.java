package dev.browserpool.engine;

import dev.browserpool.BrowserPoolException;
import dev.browserpool.PoolClosedException;
import dev.browserpool.PoolEvent;
import dev.browserpool.RequestCancelledException;
import dev.browserpool.SlotState;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.engine.Hold.Stage;
import dev.browserpool.spi.Admission;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Ending;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.Refusal;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.Wait;
import dev.browserpool.spi.Withdrawal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The way in: a request is sent, waits, and is granted, refused or withdrawn. Every step may be repeated or come too late. */
final class Submissions {
    /** For how long a request that does not wait for a slot waits for an answer. */
    private static final Duration NOW_OR_NEVER = Duration.ofSeconds(5);

    private static final Reply<Admission> NOT_REPEATED =
            new Reply<>(new Admission.NotJoined(), List.of(), Duration.ofNanos(Long.MAX_VALUE), false);

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
        send(hold, hold.waitingSince, hold.mayWait ? hold.timeout : NOW_OR_NEVER);
    }

    /** This member has become another one: sends its request again, under a new ticket. */
    void resubmit(Hold hold) {
        boolean leaving;
        hold.lock.lock();
        try {
            boolean mine = core.isMine(hold.ticket);
            leaving = hold.stage == Stage.LEAVING;
            if (!leaving && hold.stage != Stage.SENT && (mine || hold.stage != Stage.WAITING)) {
                return;
            }
            if (!leaving && !mine) {
                core.table.move(hold, Stage.SENT);
                core.table.rename(hold, core.nextTicket());
            }
        } finally {
            hold.lock.unlock();
        }
        if (leaving) {
            withdraw(hold);
        } else {
            long now = core.time.now();
            send(hold, now, hold.mayWait ? Duration.ofNanos(Math.max(0, hold.waitUntil - now)) : NOW_OR_NEVER);
        }
    }

    private void send(Hold hold, long now, Duration forHowLong) {
        Ask ask = new Ask(hold.ticket, hold.request, hold.mayWait, hold.maxDuration);
        core.calls.send(
                () -> isOnItsWay(hold) ? core.ledger().submit(ask) : NOT_REPEATED,
                now,
                forHowLong,
                (admission, sentAt) -> admitted(hold, ask, admission, sentAt),
                away -> unanswered(hold, away));
    }

    /** Not, if a signal has answered before: it may have ended since, and would be served a second time. */
    private static boolean isOnItsWay(Hold hold) {
        return hold.stage == Stage.SENT || hold.stage == Stage.LEAVING;
    }

    /** Whether the request is in line is unknown: the caller hears so, and it is withdrawn in case it is. */
    private void unanswered(Hold hold, StoreUnavailableException away) {
        hold.fail(() -> away);
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

    private void admitted(Hold hold, Ask ask, Admission admission, long sentAt) {
        if (!ask.ticket().equals(hold.ticket)) {
            return; // it was sent again, under another name
        }
        if (!isOnItsWay(hold)) {
            if (admission instanceof Admission.Granted again && again.grant().token() != hold.token) {
                releases.releaseUnknown(ask.ticket(), again.grant());
            }
            return;
        }
        if (admission instanceof Admission.Granted granted) {
            granted(hold, granted.grant(), sentAt, true);
        } else if (admission instanceof Admission.Queued queued) {
            queued(hold, queued);
        } else if (admission instanceof Admission.Refused refused) {
            refused(hold, refused.refusal());
        } else if (core.left) {
            end(hold, new Ending(SlotState.CANCELLED, "the pool was closed"), closed(hold));
        } else if (core.isMine(ask.ticket())) {
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
            core.wakeSoon(core.time.now());
        }
    }

    private void refused(Hold hold, Refusal refusal) {
        BrowserPoolException why = core.refusals.exception(hold, refusal);
        hold.lock.lock();
        try {
            core.table.move(hold, Stage.GONE);
            patience.end(hold);
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
        hold.fail(() -> core.refusals.exception(hold, refusal));
    }

    /**
     * The request has its slot. While its caller is leaving, a mere signal changes nothing: the answer to the withdrawal will
     * say the same.
     */
    void granted(Hold hold, Grant grant, long since, boolean answer) {
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
            lease = releases.hold(hold, grant, since, doors);
            first = core.table.move(hold, Stage.HELD);
            core.events.publish(() -> new PoolEvent.Granted(hold.request, grant.token()));
            waiter = hold.takeWaiter();
        } finally {
            hold.lock.unlock();
        }
        releases.lostBeforeItWasSeen(hold);
        if (waiter == null) {
            releases.giveBack(hold, lease);
        } else {
            waiter.granted(lease, () -> releases.giveBack(hold, lease));
        }
        if (first) {
            core.wakeSoon(since);
        }
    }

    private void timeIsUp(Hold hold) {
        startLeaving(hold, new Outcome(SlotState.TIMED_OUT, "it waited for longer than " + hold.timeout), false);
        if (hold.stage == Stage.LEAVING) {
            core.deadlines.schedule(
                    core.time.in(core.config.pollInterval()),
                    () -> hold.fail(() -> core.refusals.timeout(hold, SOMEWHERE)));
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
                core.time.now(),
                core.untilTheStoreForgets,
                (withdrawal, sentAt) -> withdrawn(hold, withdrawal, sentAt),
                away -> left(hold, SOMEWHERE));
    }

    private void withdrawn(Hold hold, Withdrawal withdrawal, long since) {
        if (withdrawal instanceof Withdrawal.Granted granted) {
            granted(hold, granted.grant(), since, true);
        } else if (withdrawal instanceof Withdrawal.Gone gone) {
            left(hold, gone.where());
        } else {
            left(hold, SOMEWHERE);
        }
    }

    private void left(Hold hold, Wait where) {
        Ending how = new Ending(hold.leaving.state(), hold.leaving.reason());
        end(
                hold,
                how,
                () -> hold.leaving.state() == SlotState.TIMED_OUT
                        ? core.refusals.timeout(hold, where)
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

    private void end(Hold hold, Ending how, Supplier<BrowserPoolException> why) {
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

    /** What whoever asks a closed pool hears. */
    Supplier<BrowserPoolException> closed(Hold hold) {
        return () -> new PoolClosedException(core.config.name(), hold.id());
    }
}
