package dev.browserpool.redis;

import dev.browserpool.StoreUnusableException;
import dev.browserpool.spi.Signal;
import dev.browserpool.spi.Signals;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.UnifiedJedis;

/**
 * Hears what other members' steps decided for this one, on a connection and a thread of its own. Messages are a hint: what is lost
 * while the connection is away, the next sign of life makes up for.
 */
final class Subscriber implements Signals, AutoCloseable {
    /** A connection of ours that is silent for longer is dead: pings go out more often. */
    static final Duration SILENCE = Duration.ofSeconds(6);

    private static final Logger log = LoggerFactory.getLogger(Subscriber.class);
    private static final long PING_EVERY = Duration.ofSeconds(2).toNanos();
    private static final long FIRST_PAUSE = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final Duration FIRST_TIME = Duration.ofSeconds(2);
    private static final Duration LAST_TIME = Duration.ofSeconds(1);

    private final Connection connection;
    private final String poolName;
    private final String channel;
    private final String channelToAll;
    private final Runnable heard;
    private final Echo echo = new Echo();
    private final Thread listening;
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private final AtomicReference<@Nullable StoreUnusableException> refused = new AtomicReference<>();
    private volatile Consumer<Signal> receiver = signal -> {};
    private volatile Runnable gap = () -> {};
    private volatile boolean joined;
    private volatile boolean closed;
    /** Two who write to one connection at a time would mix up their commands. */
    private final ReentrantLock writing = new ReentrantLock();

    private volatile Ear ear = new Ear();

    /**
     * Where the messages come from.
     *
     * @param client makes the client
     * @param isOwn whether it is the subscriber's alone: then it is pinged, and closed at the end
     * @param isHint whether a grant that is heard of is to be asked for before anybody relies on it
     */
    record Connection(Supplier<UnifiedJedis> client, boolean isOwn, boolean isHint) {
        Connection(Supplier<UnifiedJedis> client, boolean isOwn) {
            this(client, isOwn, false);
        }
    }

    Subscriber(Connection connection, String poolName, Keys keys, String member, Runnable heard) {
        this.connection = connection;
        this.poolName = poolName;
        this.channel = keys.channelTo(member);
        this.channelToAll = keys.channelToAll();
        this.heard = heard;
        this.listening = daemon("subscriber", this::loop);
    }

    @Override
    public void listen(Consumer<Signal> to, Runnable whenMissed) {
        receiver = to;
        gap = whenMissed;
    }

    /** Listens, if the server is there, when this returns. */
    void start() {
        listening.start();
        try {
            if (connection.isOwn()) {
                daemon("pings", this::ping).start();
            }
        } catch (Error noThread) {
            close();
            throw noThread;
        }
        try {
            boolean unused = subscribed.await(FIRST_TIME.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why nobody may listen, if the server says that. */
    Optional<StoreUnusableException> refusal() {
        return Optional.ofNullable(refused.get());
    }

    private Thread daemon(String what, Runnable work) {
        Thread thread = new Thread(work, "browser-pool-" + poolName + "-" + what);
        thread.setDaemon(true);
        return thread;
    }

    private void loop() {
        UnifiedJedis client = connection.client().get();
        long pause = FIRST_PAUSE;
        while (!closed) {
            long began = System.nanoTime();
            Ear next = new Ear();
            ear = next;
            try {
                next.listen(client);
            } catch (RuntimeException e) {
                broke(e);
            }
            pause = System.nanoTime() - began > LONGEST_PAUSE ? FIRST_PAUSE : Math.min(2 * pause, LONGEST_PAUSE);
            if (!closed) {
                LockSupport.parkNanos(this, pause);
            }
        }
        if (connection.isOwn()) {
            client.close();
        }
    }

    private void broke(RuntimeException why) {
        log.debug("pool {}: the connection for messages broke: {}", poolName, why.getMessage());
        Failures.refusedAccess(why).ifPresent(e -> {
            if (refused.compareAndSet(null, e) && subscribed.getCount() == 0) {
                log.warn("pool {}: no messages any more, waiters find out by asking: {}", poolName, e.getMessage());
            }
            subscribed.countDown();
        });
    }

    private void ping() {
        while (!closed) {
            LockSupport.parkNanos(this, PING_EVERY);
            try {
                ear.say(ear::ping);
            } catch (RuntimeException e) {
                log.debug("pool {}: no ping: {}", poolName, e.getMessage());
            }
        }
    }

    /** A sign of life that was sent at a time, by {@link System#nanoTime()}, was answered: what was sent along should be heard. */
    void expectEcho(long sentAt) {
        if (echo.isOverdue(sentAt, System.nanoTime())) {
            log.info("pool {}: the connection for messages is silent; it is replaced", poolName);
            echo.heard(System.nanoTime());
            ear.cut();
        }
    }

    /**
     * This member has joined: from now on it hears what is said to all members, and counts among those by whom a store that has no data
     * can tell that the pool had a life before.
     */
    void hasJoined() {
        joined = true;
        try {
            ear.hearAll();
        } catch (RuntimeException e) {
            log.debug("pool {}: the connection for messages was broken: {}", poolName, e.getMessage());
        }
    }

    private final class Ear extends JedisPubSub {
        private final AtomicBoolean hearsAll = new AtomicBoolean();
        private final AtomicBoolean quitting = new AtomicBoolean();
        private volatile redis.clients.jedis.@Nullable Connection taken;

        void say(Runnable command) {
            writing.lock();
            try {
                if (isSubscribed()) {
                    command.run();
                }
            } finally {
                writing.unlock();
            }
        }

        void hearAll() {
            if (joined && !closed && isSubscribed() && hearsAll.compareAndSet(false, true)) {
                say(() -> subscribe(channelToAll));
            }
        }

        void listen(UnifiedJedis client) {
            Optional<redis.clients.jedis.Connection> own = Tap.take(client, channel);
            if (own.isEmpty()) {
                client.subscribe(this, channel);
                return;
            }
            redis.clients.jedis.Connection line = own.get();
            taken = line;
            try {
                if (!closed) {
                    proceed(line, channel);
                }
            } finally {
                taken = null;
                line.setBroken(); // a message that is still under way must not become the answer to somebody's command
                line.close();
            }
        }

        /** Ends it in order, once: it may be asked for by two at the same time. */
        void quit() {
            if (isSubscribed() && quitting.compareAndSet(false, true)) {
                say(this::unsubscribe);
            }
        }

        /** Ends it, though the server may not answer any more. */
        void cut() {
            redis.clients.jedis.Connection line = taken;
            try {
                if (line != null) {
                    line.forceDisconnect();
                } else {
                    quit();
                }
            } catch (IOException | RuntimeException e) {
                log.debug("pool {}: the connection for messages was broken: {}", poolName, e.getMessage());
            }
        }

        @Override
        public void onSubscribe(String to, int count) {
            echo.heard(System.nanoTime());
            if (!to.equals(channel)) {
                return;
            }
            if (subscribed.getCount() == 0) {
                gap.run();
            }
            subscribed.countDown();
            hearAll();
            if (closed) {
                quit();
            }
        }

        @Override
        public void onMessage(String from, String message) {
            echo.heard(System.nanoTime());
            if (message.equals(Echo.TEXT)) {
                return;
            }
            try {
                Told.message(message)
                        .filter(signal -> !(connection.isHint() && signal instanceof Signal.Granted))
                        .ifPresentOrElse(receiver, gap);
            } catch (RuntimeException e) {
                log.warn("pool {}: a message can't be read; the next sign of life makes up for it", poolName, e);
            } finally {
                heard.run();
            }
        }
    }

    /** Gives the connection back before it returns, or cuts it off if the server does not let go of it. */
    @Override
    public void close() {
        closed = true;
        try {
            ear.quit();
        } catch (RuntimeException e) {
            log.debug("pool {}: the connection for messages was broken: {}", poolName, e.getMessage());
        }
        LockSupport.unpark(listening);
        try {
            listening.join(LAST_TIME.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (listening.isAlive()) {
            ear.cut();
        }
    }
}
