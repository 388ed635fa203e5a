package dev.browserpool.engine;

import dev.browserpool.PoolConfig;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Identity;
import dev.browserpool.spi.Ledger;
import dev.browserpool.spi.PoolTime;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.Signal;
import dev.browserpool.spi.Ticket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What all parts of the engine share. */
final class Core {
    private static final int DISPATCHERS = 16;

    final PoolConfig config;
    final Backend backend;
    final EngineTime time;
    final Deadlines deadlines = new Deadlines();
    final LeaseTable table = new LeaseTable();
    final EventBus events;
    final LeakDetector leaks;
    final Views views;
    final Refusals refusals;
    final ExecutorService dispatcher;
    final StoreCalls calls;

    /** Until when, by this engine's clock, nobody else gets what this member holds. */
    volatile long validUntil = Long.MAX_VALUE;

    /** The number of the latest heartbeat that was sent. */
    final AtomicLong beats = new AtomicLong();

    private final AtomicLong tickets = new AtomicLong();
    private volatile Membership membership;

    private record Membership(Identity identity, Ledger ledger) {}

    Core(Backend backend, PoolConfig config, PoolTime time, Consumer<Reply<?>> inbox) {
        this.config = config;
        this.backend = backend;
        this.time = new EngineTime(time);
        this.events = new EventBus(config.name());
        this.leaks = new LeakDetector(config.name(), config.leakStacks());
        this.views = new Views(this.time);
        this.refusals = new Refusals(views);
        this.dispatcher = dispatcher(config.name());
        this.calls = new StoreCalls(backend.calls(), this.time, deadlines, inbox);
        this.membership = new Membership(backend.identity(), backend.ledger());
    }

    /** A few daemon threads that complete futures and tell holders of their losses; none while there is nothing to do. */
    private static ExecutorService dispatcher(String poolName) {
        AtomicLong count = new AtomicLong();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                DISPATCHERS, DISPATCHERS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread =
                            new Thread(task, "browser-pool-" + poolName + "-dispatcher-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    Ledger ledger() {
        return membership.ledger();
    }

    Identity identity() {
        return membership.identity();
    }

    /** Becomes another member, under a new id, and listens under that. */
    Identity renew(Consumer<Signal> receiver) {
        Identity identity = backend.renew();
        backend.signals().listen(receiver);
        membership = new Membership(identity, backend.ledger());
        return identity;
    }

    Ticket nextTicket() {
        return new Ticket(identity().member(), tickets.incrementAndGet());
    }

    /** Has the housekeeper look in after a poll interval, from now on and for as long as there is something to look after. */
    void wakeSoon() {
        deadlines.wakeAt(time.in(config.pollInterval()));
    }

    /** When to stop repeating a call whose effect the store would undo by itself after the member's time to live. */
    long whenTheStoreForgets() {
        return EngineTime.plus(time.in(backend.memberTtl()), config.stopGrace());
    }
}
