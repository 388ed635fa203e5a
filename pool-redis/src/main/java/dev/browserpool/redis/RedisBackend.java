package dev.browserpool.redis;

import dev.browserpool.StoreUnavailableException;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Identity;
import dev.browserpool.spi.Ledger;
import dev.browserpool.spi.Signals;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/** One member's access to a pool in Redis. */
final class RedisBackend implements Backend {

    private final Scripts scripts;
    private final Keys keys;
    private final PoolSettings settings;
    private final Subscriber.Connection connection;
    private final Calls calls;
    private final Messages messages;
    private final Runnable end;
    private volatile Identity identity = Identity.fresh();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;
    private volatile Subscriber subscriber;

    /** Where calls run: all, and those of callers who wait for them. */
    record Calls(Executor all, Executor ofWaiters) {}

    /** Who counts messages, so that tests know when all have been dealt with. */
    interface Messages {
        Messages UNCOUNTED = new Messages() {};

        default void sent(long count) {}

        default void heard() {}
    }

    RedisBackend(
            Scripts scripts,
            Keys keys,
            PoolSettings settings,
            Subscriber.Connection connection,
            Calls calls,
            Messages messages,
            Runnable end) {
        this.scripts = scripts;
        this.keys = keys;
        this.settings = settings;
        this.connection = connection;
        this.calls = calls;
        this.messages = messages;
        this.end = end;
        this.subscriber = subscribe(identity);
        subscriber.refusal().ifPresent(refused -> {
            subscriber.close();
            throw refused;
        });
    }

    private Subscriber subscribe(Identity as) {
        Subscriber made = new Subscriber(connection, settings.poolName(), keys, as.member(), messages::heard);
        made.start();
        return made;
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public Identity renew() {
        Identity next = Identity.fresh();
        // First: if there is no thread for it, this member still hears by the other one.
        Subscriber heard = subscribe(next);
        Subscriber before = exchange(heard);
        before.close();
        identity = next;
        return next;
    }

    /** What is closed stays so: whoever closed this has not seen the new one. */
    private Subscriber exchange(Subscriber next) {
        lock.lock();
        try {
            if (!closed) {
                Subscriber before = subscriber;
                subscriber = next;
                return before;
            }
        } finally {
            lock.unlock();
        }
        next.close();
        throw new StoreUnavailableException("the backend was closed");
    }

    @Override
    public Ledger ledger() {
        return new RedisLedger(scripts, settings, identity.member(), messages::sent, subscriber);
    }

    @Override
    public Signals signals() {
        return subscriber;
    }

    @Override
    public Executor calls() {
        return calls.all();
    }

    @Override
    public Executor callsOfWaiters() {
        return calls.ofWaiters();
    }

    @Override
    public Duration memberTtl() {
        return settings.memberTtl();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        subscriber.close();
        end.run();
    }
}
