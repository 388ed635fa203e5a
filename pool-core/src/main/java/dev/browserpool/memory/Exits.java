package dev.browserpool.memory;

import dev.browserpool.LeaseLoss;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Ending;
import dev.browserpool.spi.ProfileEnd;
import dev.browserpool.spi.Signal;
import java.util.Collections;
import java.util.List;

/** The ways out: leases are told to stop, freed, passed on or parked; waiters leave the line. Touched under the ledger's lock only. */
final class Exits {
    private final Desk desk;

    Exits(Desk desk) {
        this.desk = desk;
    }

    /** Tells a holder to stop; its slot passes on when it confirms, or after the stop grace. Never extended by a second call. */
    void stop(Seat seat, LeaseLoss.Reason why, String message) {
        for (Seat child : youngestFirst(seat)) {
            stopAlone(child, why, message);
        }
        stopAlone(seat, why, message);
    }

    private static List<Seat> youngestFirst(Seat parent) {
        List<Seat> family = parent.descendants();
        if (!family.isEmpty()) {
            Collections.reverse(family);
        }
        return family;
    }

    private void stopAlone(Seat seat, LeaseLoss.Reason why, String message) {
        if (seat.state != SlotState.RUNNING) {
            return;
        }
        seat.state = SlotState.STOPPING;
        seat.loss = new LeaseLoss(seat.id(), seat.token, why, message);
        if (seat.parent == null) {
            seat.load.running--;
            seat.load.stopping++;
        }
        desk.leases.dueAt(seat, desk.clock.now() + desk.stopGrace);
        seat.member.stopping.add(seat);
        tellToStop(seat);
    }

    /** Tells again whoever holds leases that are stopping: the first signal may have been lost. */
    void remind(Member member) {
        member.stopping.forEach(Exits::tellToStop);
    }

    private static void tellToStop(Seat seat) {
        if (seat.loss != null) {
            seat.member.tell(new Signal.Stopping(seat.ask.ticket(), seat.loss));
        }
    }

    /** The holder is done: slot and profile are free in this step. */
    Ending free(Seat seat, SlotState verdict, String reason, ProfileEnd profileEnd) {
        LeaseLoss loss = seat.loss;
        if (seat.profile != null) {
            seat.note(profileEnd.progress());
            desk.custody.returned(seat, seat.profile, profileEnd);
        }
        giveUp(seat);
        return loss == null
                ? finish(seat, verdict, reason)
                : finish(seat, loss.reason().state(), loss.message() + "; its holder confirmed");
    }

    /** Its pool is gone, and nobody has confirmed that its browser is. */
    void abandon(Seat seat, String reason) {
        if (seat.profile != null) {
            desk.custody.vanished(seat, seat.profile);
        }
        LeaseLoss loss = seat.loss;
        giveUp(seat);
        Ending unused = loss == null
                ? finish(seat, SlotState.REVOKED, reason)
                : finish(seat, loss.reason().state(), loss.message() + "; " + reason);
    }

    /** The stop grace is over: the slot is free, the profile's browser was never confirmed to be gone. */
    void passOn(Seat seat) {
        LeaseLoss loss = seat.loss;
        if (loss == null) {
            throw new IllegalStateException(seat.id() + " passes on without having been stopped");
        }
        Profile profile = seat.profile;
        if (profile != null) {
            desk.custody.vanished(seat, profile);
        }
        giveUp(seat);
        tell(seat, finish(seat, loss.reason().state(), loss.message() + "; its holder never confirmed"));
    }

    /** Somebody else is on its profile: it gives slot and profile back, and waits at its old place. */
    void park(Seat seat, Profile profile) {
        giveUp(seat);
        seat.parkedToken = seat.token;
        seat.token = 0;
        seat.opened = false;
        seat.releasing = false;
        seat.extended = 0;
        seat.state = SlotState.WAITING;
        desk.custody.welcome(seat, profile);
        desk.line.enqueue(seat);
    }

    private void giveUp(Seat seat) {
        for (Seat child : youngestFirst(seat)) {
            LeaseLoss loss = child.loss;
            String how = "ended with its parent " + seat.id();
            giveUpAlone(child);
            tell(
                    child,
                    loss == null
                            ? finish(child, SlotState.RELEASED, how)
                            : finish(child, loss.reason().state(), loss.message() + "; " + how));
        }
        giveUpAlone(seat);
    }

    private void giveUpAlone(Seat seat) {
        desk.leases.remove(seat);
        seat.recoveredFrom = null;
        seat.member.leases--;
        if (seat.loss != null) {
            seat.member.stopping.remove(seat);
        }
        if (seat.parent != null) {
            seat.parent.removeChild(seat);
        } else if (seat.state == SlotState.RUNNING) {
            seat.load.running--;
        } else {
            seat.load.stopping--;
        }
        if (seat.profile != null) {
            seat.profile.owners.remove(seat);
            desk.line.refresh(seat.profile);
            desk.line.tidy(seat.profile);
        }
    }

    /** Takes a waiter out of the desk.line. */
    Ending leaveLine(Seat seat, SlotState state, String reason) {
        dequeueAndTidy(seat);
        return finish(seat, state, reason);
    }

    /** Takes a newcomer out of the line again, without a trace: it was refused. */
    void turnAway(Seat seat) {
        dequeueAndTidy(seat);
        forget(seat);
    }

    private void dequeueAndTidy(Seat seat) {
        desk.line.dequeue(seat);
        if (seat.profile != null) {
            desk.custody.left(seat, seat.profile);
            desk.line.tidy(seat.profile);
        }
    }

    private Ending finish(Seat seat, SlotState state, String reason) {
        seat.state = state;
        seat.lastBeat = seat.member.isMortal() ? seat.member.lastBeat : desk.clock.now();
        seat.staleAt = seat.member.staleAt;
        forget(seat);
        desk.tally.ended(state);
        seat.reason = reason;
        seat.endedAt = desk.clock.now();
        desk.history.add(seat);
        if (seat.token != 0 && seat.parent == null) {
            desk.tally.ran(desk.clock.now() - seat.grantedAt);
        }
        if (seat.profile != null && seat.token != 0) {
            desk.custody.history.ownershipEnded(seat, seat.profile, state, reason, desk.clock.now());
        }
        return new Ending(state, reason);
    }

    /** What the ledger knew of it was old: its member knows better. Without a trace. */
    void unlearn(Seat seat) {
        if (seat.state == SlotState.WAITING) {
            turnAway(seat);
        } else {
            giveUp(seat);
            forget(seat);
        }
    }

    private void forget(Seat seat) {
        desk.ids.remove(seat.id(), seat);
        seat.member.seats.remove(seat.ask.ticket());
    }

    void tell(Seat seat, Ending how) {
        seat.member.tell(new Signal.Ended(seat.ask.ticket(), how));
    }
}
