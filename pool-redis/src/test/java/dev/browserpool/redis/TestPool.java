package dev.browserpool.redis;

import static org.awaitility.Awaitility.await;

import dev.browserpool.PoolConfig;
import dev.browserpool.contract.Cluster;
import dev.browserpool.contract.ManualTime;
import dev.browserpool.spi.Backend;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** A pool of its own on a real server, on manual time: calls run on the caller, and return when their messages were dealt with. */
final class TestPool implements AutoCloseable {
    private static final AtomicLong POOLS = new AtomicLong();

    private final Supplier<UnifiedJedis> connect;
    private final boolean mayClean;
    private final UnifiedJedis redis;
    private final Keys keys = Keys.of("bp", "test-" + POOLS.incrementAndGet());
    private final List<Backend> members = new CopyOnWriteArrayList<>();
    private final Counted messages = new Counted();
    private final Scripts scripts;
    private final AtomicLong lives = new AtomicLong();

    TestPool(ManualTime time) {
        this(time, () -> RedisClient.create("127.0.0.1", TestServer.get().port), true);
    }

    /**
     * @param connect gives the members their clients
     * @param mayClean whether these may delete keys
     */
    TestPool(ManualTime time, Supplier<UnifiedJedis> connect, boolean mayClean) {
        this.connect = connect;
        this.mayClean = mayClean;
        this.redis = connect.get();
        this.scripts = new Scripts(redis, keys, "test-clock", () -> time.nanos() / 1_000 + " life" + lives);
    }

    Backend newMember(PoolConfig config) {
        Backend member = new RedisBackend(
                scripts,
                keys,
                new PoolSettings(config, RedisOptions.defaults().withMemberTtl(Cluster.MEMBER_TTL)),
                new Subscriber.Connection(connect, true),
                new RedisBackend.Calls(Runnable::run, Runnable::run),
                messages,
                () -> {});
        members.add(member);
        return member;
    }

    /** Passes for another server from now on, with or without the data; members hear that they have missed something. */
    void restart(boolean withData) {
        lives.incrementAndGet();
        if (!withData) {
            redis.del(keys.all().toArray(String[]::new));
        }
        messages.sent(redis.publish(keys.channelToAll(), "{\"k\":\"J\"}"));
    }

    /** A call returns when the messages of its step were dealt with. */
    private static final class Counted implements RedisBackend.Messages {
        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong heard = new AtomicLong();

        @Override
        public void sent(long count) {
            long all = sent.addAndGet(count);
            if (count > 0) {
                await().until(() -> heard.get() >= all);
            }
        }

        @Override
        public void heard() {
            heard.incrementAndGet();
        }
    }

    @Override
    public void close() {
        members.forEach(Backend::close);
        if (mayClean) {
            redis.del(keys.all().toArray(String[]::new));
        }
        redis.close();
    }
}
