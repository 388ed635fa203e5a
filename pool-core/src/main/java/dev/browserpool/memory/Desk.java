package dev.browserpool.memory;

import dev.browserpool.LeaseLoss;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Signal;
import dev.browserpool.spi.SlotFacts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
    final PoolClock clock;
    private final Supplier<Instant> wall;
    private final long stopGrace;
    int maxBrowsers;
    int maxQueued;
    final int maxQueuedPerProfile;

    @Nullable
    String pausedBy;

    private long arrivals;
    private long lastToken;
    private @Nullable Seat newcomer;

    Desk(PoolConfig config, History history, PoolClock clock, Supplier<Instant> wall) {
        this.history = history;
        this.clock = clock;
        this.wall = wall;
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
            seat.recoveredFrom = profile.vanished;
            profile.vanished = null;
            profile.owners.add(seat);
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
        Instant now = wall.get();
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        lastToken = Math.max(lastToken + 1, micros);
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
        if (seat.state != SlotState.RUNNING) {
            return;
        }
        for (Seat child : List.copyOf(seat.children())) {
            stop(child, why, message);
        }
        seat.state = SlotState.STOPPING;
        seat.loss = new LeaseLoss(seat.id(), seat.token, why, message);
        if (seat.parent == null) {
            seat.load.running--;
            seat.load.stopping++;
        }
        leases.dueAt(seat, clock.now() + stopGrace);
        seat.member.tell(new Signal.Stopping(seat.ask.ticket(), seat.loss));
    }

    /** The holder is done: slot and profile are free in this step. */
    SlotFacts free(Seat seat, SlotState verdict, String reason) {
        LeaseLoss loss = seat.loss;
        giveUp(seat);
        return loss == null
                ? finish(seat, verdict, reason)
                : finish(seat, loss.reason().state(), loss.message() + "; its holder confirmed");
    }

    /** The stop grace is over: the slot is free, the profile's browser was never confirmed to be gone. */
    void passOn(Seat seat) {
        LeaseLoss loss = seat.loss;
        if (loss == null) {
            throw new IllegalStateException(seat.id() + " passes on without having been stopped");
        }
        Profile profile = seat.profile;
        if (profile != null) {
            profile.vanished = Facts.lock(seat, profile, ProfileStatus.STALE, clock.now());
        }
        giveUp(seat);
        tell(seat, finish(seat, loss.reason().state(), loss.message() + "; its holder never confirmed"));
    }

    private void giveUp(Seat seat) {
        for (Seat child : List.copyOf(seat.children())) {
            giveUp(child);
            tell(child, finish(child, SlotState.RELEASED, "ended with its parent " + seat.id()));
        }
        leases.remove(seat);
        seat.member.leases--;
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
    SlotFacts leaveLine(Seat seat, SlotState state, String reason) {
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
            line.tidy(seat.profile);
        }
    }

    private SlotFacts finish(Seat seat, SlotState state, String reason) {
        SlotFacts last = Facts.ended(seat, state, reason, clock.now());
        seat.state = state;
        forget(seat);
        tally.ended(state);
        history.add(last);
        return last;
    }

    private void forget(Seat seat) {
        ids.remove(seat.id());
        seat.member.seats.remove(seat.ask.ticket());
    }

    void tell(Seat seat, SlotFacts last) {
        seat.member.tell(new Signal.Ended(seat.ask.ticket(), last));
    }
}
