package dev.browserpool.memory;

import dev.browserpool.LeaseLoss;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Ending;
import dev.browserpool.spi.ProfileEnd;
import dev.browserpool.spi.Signal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The moves of which every transition is made: enqueue, grant, stop, free, finish. Touched under the ledger's lock only. */
final class Desk {
    /** How many waiters one step serves, and how much of what is due it does, so that the lock is never held for long. */
    static final int BUDGET = 64;

    final Line line = new Line();
    final Leases leases = new Leases();
    final Tally tally = new Tally();
    final Map<String, Seat> ids = new HashMap<>();
    final History history;
    final Custody custody;
    final PoolClock clock;

    /** Microseconds of the wall clock when the ledger was made: tokens grow from one JVM to the next. */
    private final long firstToken;

    final long stopGrace;
    int maxBrowsers;
    int maxQueued;
    final int maxQueuedPerProfile;

    @Nullable
    String pausedBy;

    private long arrivals;
    private long lastToken;
    private @Nullable Seat newcomer;

    Desk(PoolConfig config, PoolClock clock, Instant born) {
        this.history = new History(config);
        this.clock = clock;
        this.custody = new Custody(line, new ProfileHistory(config), clock);
        this.firstToken = ChronoUnit.MICROS.between(Instant.EPOCH, born);
        this.stopGrace = config.stopGrace().toNanos();
        this.maxBrowsers = config.maxBrowsers();
        this.maxQueued = config.maxQueued();
        this.maxQueuedPerProfile = config.maxQueuedPerProfile();
    }

    Seat seatFor(Ask ask, Member member, @Nullable Profile profile, @Nullable Seat parent) {
        return new Seat(ask, member, tally.load(ask.request().type()), ++arrivals, clock.now(), profile, parent);
    }

    /** Puts a newcomer at the end of the line, and serves it: the caller sees what became of it, nobody has to be told. */
    void enqueueAndServe(Seat seat) {
        ids.put(seat.id(), seat);
        seat.member.seats.put(seat.ask.ticket(), seat);
        line.enqueue(seat);
        newcomer = seat;
        serve();
        newcomer = null;
    }

    /** Starts a child at once on its parent's slot. */
    void startChild(Seat child, Seat parent) {
        ids.put(child.id(), child);
        child.member.seats.put(child.ask.ticket(), child);
        parent.addChild(child);
        hold(child);
        child.mustEndAt = Math.min(child.mustEndAt, parent.mustEndAt);
        leases.dueAt(child, child.mustEndAt);
    }

    /** Grants as long as there is room and somebody who can use it. Returns whether its budget ran out. */
    boolean serve() {
        for (int i = 0; i < BUDGET; i++) {
            if (pausedBy != null || leases.used() >= maxBrowsers) {
                return false;
            }
            Seat next = line.next();
            if (next == null) {
                return false;
            }
            if (next.member.dead) {
                leaveLine(next, SlotState.ABANDONED, "its member died");
            } else {
                line.dequeue(next);
                grant(next);
            }
        }
        return true;
    }

    private void grant(Seat seat) {
        Profile profile = seat.profile;
        if (profile != null) {
            profile.owners.add(seat);
            seat.ruledProxy = profile.rule.proxyId();
            custody.granted(seat, profile);
        }
        hold(seat);
        seat.load.running++;
        if (profile != null) {
            line.refresh(profile);
        }
        if (seat != newcomer) {
            seat.member.tell(new Signal.Granted(seat.ask.ticket(), Facts.grant(seat, clock.now())));
        }
    }

    private void hold(Seat seat) {
        lastToken = Math.max(lastToken + 1, firstToken + clock.now() / 1_000);
        seat.token = lastToken;
        seat.state = SlotState.RUNNING;
        seat.grantedAt = clock.now();
        seat.mustEndAt = clock.now() + seat.ask.maxDuration().toNanos();
        seat.dueAt = seat.mustEndAt;
        seat.member.leases++;
        leases.add(seat);
        tally.granted();
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
        leases.dueAt(seat, clock.now() + stopGrace);
        seat.member.stopping.add(seat);
        tellToStop(seat);
    }

    /** Tells again whoever holds leases that are stopping: the first signal may have been lost. */
    void remind(Member member) {
        member.stopping.forEach(Desk::tellToStop);
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
            custody.returned(seat, seat.profile, profileEnd);
        }
        giveUp(seat);
        return loss == null
                ? finish(seat, verdict, reason)
                : finish(seat, loss.reason().state(), loss.message() + "; its holder confirmed");
    }

    /** Its pool is gone, and nobody has confirmed that its browser is. */
    void abandon(Seat seat, String reason) {
        if (seat.profile != null) {
            custody.vanished(seat, seat.profile);
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
            custody.vanished(seat, profile);
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
        custody.welcome(seat, profile);
        line.enqueue(seat);
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
        leases.remove(seat);
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
            line.refresh(seat.profile);
            line.tidy(seat.profile);
        }
    }

    /** Takes a waiter out of the line. */
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
        line.dequeue(seat);
        if (seat.profile != null) {
            custody.left(seat, seat.profile);
            line.tidy(seat.profile);
        }
    }

    private Ending finish(Seat seat, SlotState state, String reason) {
        seat.state = state;
        seat.lastBeat = seat.member.isMortal() ? seat.member.lastBeat : clock.now();
        seat.staleAt = seat.member.staleAt;
        forget(seat);
        tally.ended(state);
        history.add(seat, reason, clock.now());
        if (seat.profile != null && seat.token != 0) {
            custody.history.ownershipEnded(seat, seat.profile, state, reason, clock.now());
        }
        return new Ending(state, reason);
    }

    private void forget(Seat seat) {
        ids.remove(seat.id());
        seat.member.seats.remove(seat.ask.ticket());
    }

    void tell(Seat seat, Ending how) {
        seat.member.tell(new Signal.Ended(seat.ask.ticket(), how));
    }
}
