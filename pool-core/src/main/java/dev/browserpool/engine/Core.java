package dev.browserpool.engine;

import dev.browserpool.PoolConfig;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Identity;
import dev.browserpool.spi.Ledger;
import dev.browserpool.spi.PoolTime;
import dev.browserpool.spi.Signal;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What all parts of the engine share. */
final class Core {
    final PoolConfig config;
    final Backend backend;
    final EngineTime time;
    private final PoolTime clock;
    final Deadlines deadlines = new Deadlines();
    final LeaseTable table = new LeaseTable();
    final EventBus events;
    final LeakDetector leaks;
    final Views views;
    final Refusals refusals;
    final Conflicts conflicts;
    final Dispatcher dispatcher;
    final Gates gates;
    final Limits limits;
    final LoadTests loadTests;
    final StoreCalls calls;
    final CallTimes callTimes;

    /** The greatest token that this member has seen: whatever a store has lost, tokens must grow. */
    final AtomicLong newestToken = new AtomicLong();

    /** Until when nobody else gets what this member holds. */
    final Trust trust;

    /** The number of the latest heartbeat that was sent. */
    final AtomicLong beats = new AtomicLong();

    /** For how long to repeat a call whose effect the store has by itself when it gives a silent member up. */
    final Duration untilTheStoreForgets;

    /** Whether this member has left the store for good: it must not join again. */
    volatile boolean left;

    /** Whether the housekeeper comes again within a poll interval anyway. */
    volatile boolean lookingIn;

    private final AtomicLong tickets = new AtomicLong();
    private volatile Self self;
    private Consumer<Signal> receiver = signal -> {};
    private Runnable gap = () -> {};

    private record Self(Identity identity, Ledger ledger) {}

    Core(Backend backend, PoolConfig config, PoolTime time, StoreCalls.Inbox inbox) {
        this.config = config;
        this.backend = backend;
        this.clock = time;
        this.time = new EngineTime(time);
        this.trust = new Trust(this.time);
        this.events = new EventBus(config.name());
        this.leaks = new LeakDetector(config.name(), config.leakStacks());
        this.views = new Views(this.time);
        this.refusals = new Refusals(views);
        this.conflicts = new Conflicts(events, views);
        this.dispatcher = new Dispatcher(config.name());
        this.callTimes = new CallTimes(!Trust.isForEver(backend.memberTtl()));
        this.calls = new StoreCalls(backend.calls(), backend.callsOfWaiters(), this.time, deadlines, inbox, callTimes);
        this.gates = new Gates(config.gates(), events);
        this.limits = new Limits(config);
        this.loadTests = new LoadTests(this);
        this.untilTheStoreForgets = backend.memberTtl().plus(config.stopGrace());
        this.self = new Self(backend.identity(), backend.ledger());
    }

    Ledger ledger() {
        return self.ledger();
    }

    /** For a call that is sent at this time, in engine nanoseconds. */
    Ledger ledgerAsOf(long sentAt) {
        return self.ledger().asOf(clock, time.toClock(sentAt));
    }

    Identity identity() {
        return self.identity();
    }

    /** Listens from now on, under whatever identity. Before the first call of the ledger. */
    void listen(Consumer<Signal> to, Runnable whenMissed) {
        receiver = to;
        gap = whenMissed;
        backend.signals().listen(receiver, gap);
    }

    /** Becomes another member, under a new id, and listens under that. */
    Identity renew() {
        Identity identity = backend.renew();
        backend.signals().listen(receiver, gap);
        self = new Self(identity, backend.ledger());
        return identity;
    }

    /** Whether a ticket was made by what this member is now. */
    boolean isMine(Ticket ticket) {
        return ticket.member().equals(identity().member());
    }

    Ticket nextTicket() {
        return new Ticket(identity().member(), tickets.incrementAndGet());
    }

    /** Has the housekeeper look in after a poll interval, and from then on for as long as there is something to look after. */
    void wakeSoon(long now) {
        if (!lookingIn) {
            deadlines.wakeAt(EngineTime.plus(now, config.pollInterval()));
        }
    }
}
