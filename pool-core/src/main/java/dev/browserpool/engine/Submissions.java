package dev.browserpool.engine;

import dev.browserpool.BrowserPoolException;
import dev.browserpool.DuringLoadTest;
import dev.browserpool.PoolEvent;
import dev.browserpool.PoolEvent.ProfileConflict.Decision;
import dev.browserpool.PoolEvent.ProfileConflict.Detector;
import dev.browserpool.SlotState;
import dev.browserpool.engine.Hold.Stage;
import dev.browserpool.spi.Admission;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.Refusal;
import dev.browserpool.spi.Reply;
import java.time.Duration;
import java.util.List;

/** The way in: a request is sent, and granted, put in line or refused. Every answer may be repeated or come too late. */
final class Submissions {
    private static final Reply<Admission> NOT_REPEATED =
            new Reply<>(new Admission.NotJoined(""), List.of(), Duration.ofNanos(Long.MAX_VALUE), false);

    /** Its caller had gone before there was a connection for it. */
    private static final Reply<Admission> NEVER_SENT =
            new Reply<>(new Admission.NotJoined(""), List.of(), Duration.ofNanos(Long.MAX_VALUE), false);

    private final Core core;
    private final Grants grants;
    private final Withdrawals withdrawals;
    private final Patience patience;
    private volatile Unknown unknown = (epoch, askedAt) -> true;

    Submissions(Core core, Grants grants, Withdrawals withdrawals, Patience patience) {
        this.core = core;
        this.grants = grants;
        this.withdrawals = withdrawals;
        this.patience = patience;
    }

    /** What to do when the ledger does not know this member. */
    interface Unknown {
        /** Returns false if that was before it came to know it again. */
        boolean isUnknown(String epoch, long askedAt);
    }

    void ifUnknown(Unknown whatToDo) {
        this.unknown = whatToDo;
    }

    void submit(Hold hold) {
        core.table.add(hold);
        patience.begin(hold);
        send(hold, hold.waitingSince, hold.mayWait ? hold.timeout : Patience.NOW_OR_NEVER);
        if (isOnItsWay(hold)) {
            patience.watch(hold);
        }
    }

    /** The store has lost it from the line, and did not take it back: sends it again, as a new one, behind all others. */
    void resubmitAnew(Hold hold) {
        hold.lock.lock();
        try {
            if (hold.stage != Stage.WAITING || hold.parking) {
                return;
            }
            core.table.move(hold, Stage.SENT);
            core.table.rename(hold, core.nextTicket());
        } finally {
            hold.lock.unlock();
        }
        resubmit(hold);
    }

    /** This member has become another one: sends its request again, under a new ticket. */
    void resubmit(Hold hold) {
        boolean leaving;
        hold.lock.lock();
        try {
            if (hold.parking) {
                return; // its answer comes, and goes on from there
            }
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
            withdrawals.withdraw(hold);
        } else {
            long now = core.time.now();
            send(hold, now, hold.mayWait ? Duration.ofNanos(Math.max(0, hold.waitUntil - now)) : Patience.NOW_OR_NEVER);
        }
    }

    private void send(Hold hold, long now, Duration forHowLong) {
        boolean wasInLine = hold.arrival() != 0; // it waits on, whatever came in between
        boolean waits = wasInLine || core.config.duringLoadTest() == DuringLoadTest.WAIT;
        Ask ask = new Ask(hold.ticket, hold.request, hold.mayWait, hold.maxDuration, waits);
        core.calls.send(new StoreCalls.Call<Admission>(core.calls, now, forHowLong) {
            @Override
            Reply<Admission> call(long sentAt) {
                if (!isOnItsWay(hold)) {
                    return NOT_REPEATED;
                }
                if (hold.stage == Stage.LEAVING && !hold.mayBeKnown) {
                    return NEVER_SENT;
                }
                hold.mayBeKnown = true;
                return core.ledgerAsOf(sentAt).submit(ask);
            }

            @Override
            void answered(Admission admission, long sentAt) {
                admitted(hold, ask, admission, sentAt);
            }

            @Override
            void gaveUp(BrowserPoolException away) {
                unanswered(hold, away);
            }
        });
    }

    /** Not, if a signal has answered before: it may have ended since, and would be served a second time. */
    private static boolean isOnItsWay(Hold hold) {
        return hold.stage == Stage.SENT || hold.stage == Stage.LEAVING;
    }

    /** Whether the request is in line is unknown: the caller hears so, and it is withdrawn in case it is. */
    private void unanswered(Hold hold, BrowserPoolException away) {
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
        withdrawals.withdraw(hold);
    }

    private void admitted(Hold hold, Ask ask, Admission admission, long sentAt) {
        if (!ask.ticket().equals(hold.ticket)) {
            return; // it was sent again, under another name
        }
        if (!isOnItsWay(hold)) {
            Hold now = core.table.get(ask.ticket());
            boolean isAnothers = now != null && now != hold; // it was parked, and has a grant of its own
            if (!isAnothers
                    && admission instanceof Admission.Granted again
                    && again.grant().token() != hold.token) {
                grants.disown(ask.ticket(), again.grant());
            }
            return;
        }
        if (admission == NEVER_SENT.result()) {
            withdrawals.neverSent(hold);
        } else if (admission == NOT_REPEATED.result()) {
            withdrawals.withdraw(hold); // it had been answered, and its caller has given up since
        } else if (admission instanceof Admission.Granted granted) {
            grants.granted(hold, granted.grant(), sentAt, true);
        } else if (admission instanceof Admission.Queued queued) {
            queued(hold, queued);
        } else if (admission instanceof Admission.Refused refused) {
            refused(hold, refused);
        } else if (core.left) {
            withdrawals.endedByClosing(hold);
        } else if (!core.isMine(ask.ticket())
                || !unknown.isUnknown(((Admission.NotJoined) admission).epoch(), sentAt)) {
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
                hold.arriveAs(queued.arrival());
                hold.seenAtBeat = core.beats.get();
                first = core.table.move(hold, Stage.WAITING);
                patience.start(hold);
                core.events.publish(() -> new PoolEvent.Queued(hold.request, queued.position()));
                queued.conflict().ifPresent(busy -> core.conflicts.met(hold, busy, Decision.WAIT, Detector.LEDGER));
            }
        } finally {
            hold.lock.unlock();
        }
        if (gaveUp) {
            withdrawals.withdraw(hold);
        } else if (first) {
            core.wakeSoon(core.time.now());
        }
    }

    private void refused(Hold hold, Admission.Refused answer) {
        Refusal refusal = answer.refusal();
        BrowserPoolException why = core.refusals.exception(hold, refusal);
        hold.lock.lock();
        try {
            core.table.move(hold, Stage.GONE);
            patience.end(hold);
            answer.conflict().ifPresent(busy -> core.conflicts.met(hold, busy, Decision.REFUSE, Detector.LEDGER));
            core.events.publish(
                    () -> new PoolEvent.Refused(hold.request, refusal.reason(), String.valueOf(why.getMessage())));
        } finally {
            hold.lock.unlock();
        }
        hold.fail(() -> core.refusals.exception(hold, refusal));
    }
}
