package dev.browserpool.memory;

import dev.browserpool.PoolConfig;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Pace;
import dev.browserpool.spi.Signal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who comes is put in line, who is next is granted. Touched under the ledger's lock only. */
final class Desk {
    /** How many waiters one step serves, and how much of what is due it does, so that the lock is never held for long. */
    static final int BUDGET = 64;

    private static final int MICROS_PER_ARRIVAL = 100;

    final Line line = new Line();
    final Leases leases = new Leases();
    final Tally tally = new Tally();
    final Map<String, Seat> ids = new HashMap<>();
    final History history;
    final Custody custody;
    final PoolClock clock;
    final Entrance entrance = new Entrance(this);
    final Exits exits = new Exits(this);
    final LoadTesting loadTesting = new LoadTesting(this);

    /** The wall clock when the pool's clock began. */
    final Instant born;

    /** Microseconds of the wall clock when the ledger was made: tokens and arrival numbers grow from one life of the data to the next. */
    private final long birth;

    final long stopGrace;
    int maxBrowsers;
    int maxQueued;
    final int maxQueuedPerProfile;

    @Nullable
    String pausedBy;

    /** Whether members come back to a store that has forgotten: nothing is granted meanwhile. */
    boolean recovering;

    private long lastArrival;
    private long lastToken;

    Desk(PoolConfig config, PoolClock clock, Instant born) {
        this.history = new History(config);
        this.clock = clock;
        this.custody = new Custody(line, new ProfileHistory(config), clock);
        this.born = born;
        this.birth = ChronoUnit.MICROS.between(Instant.EPOCH, born);
        this.stopGrace = config.stopGrace().toNanos();
        this.maxBrowsers = config.limited(config.maxBrowsers());
        this.maxQueued = config.maxQueued();
        this.maxQueuedPerProfile = config.maxQueuedPerProfile();
    }

    Seat seatFor(Ask ask, Member member, @Nullable Profile profile, @Nullable Seat parent) {
        lastArrival = Math.max(lastArrival + 1, micros() / MICROS_PER_ARRIVAL);
        return new Seat(ask, member, tally.load(ask.request().type()), lastArrival, clock.now(), profile, parent);
    }

    private long micros() {
        return birth + clock.now() / 1_000;
    }

    /** Whoever comes from now on is behind this one, and gets a greater token. */
    void grownTo(long arrival, long token) {
        lastArrival = Math.max(lastArrival, arrival);
        lastToken = Math.max(lastToken, token);
    }

    /** Puts a newcomer at the end of the line, and serves it: the caller sees what became of it, nobody has to be told. */
    void enqueueAndServe(Seat seat) {
        ids.put(seat.id(), seat);
        seat.member.seats.put(seat.ask.ticket(), seat);
        if (wouldBeNextAtOnce(seat)) {
            grant(seat);
        } else {
            line.enqueue(seat);
            boolean unused = serve(seat);
        }
    }

    /** Nobody is in line, and there is a slot: to put it there only to take it out again is half of the work of most requests. */
    private boolean wouldBeNextAtOnce(Seat seat) {
        return seat.profile == null && line.size() == 0 && leases.used() < maxBrowsers && flows();
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
        return serve(null);
    }

    /** The newcomer among them is not told: its caller sees it. */
    private boolean serve(@Nullable Seat newcomer) {
        for (int i = 0; i < BUDGET; i++) {
            if (!flows() || leases.used() >= maxBrowsers) {
                return false;
            }
            Seat next = line.next();
            if (next == null) {
                return false;
            }
            if (next.member.isDead(clock.now())) {
                exits.leaveLine(next, SlotState.ABANDONED, "its member died");
            } else {
                line.dequeue(next);
                grant(next);
                if (next != newcomer) {
                    next.member.tell(new Signal.Granted(next.ask.ticket(), Facts.grant(next, clock.now())));
                }
            }
        }
        return true;
    }

    private boolean flows() {
        return pausedBy == null && !recovering && !loadTesting.isOn();
    }

    /** How fast the line moves. */
    Pace pace() {
        return new Pace(tally.meanRun(), maxBrowsers, leases.used(), line.ready(), flows());
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
    }

    private void hold(Seat seat) {
        lastToken = Math.max(lastToken + 1, micros());
        seat.token = lastToken;
        seat.state = SlotState.RUNNING;
        seat.grantedAt = clock.now();
        seat.mustEndAt = clock.now() + seat.ask.maxDuration().toNanos();
        seat.dueAt = seat.mustEndAt;
        seat.member.leases++;
        leases.add(seat);
        tally.granted();
    }
}
