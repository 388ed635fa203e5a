package dev.browserpool.redis;

import static org.awaitility.Awaitility.await;

import dev.browserpool.PoolConfig;
import dev.browserpool.contract.Cluster;
import dev.browserpool.contract.ManualTime;
import dev.browserpool.spi.Backend;
import java.util.concurrent.atomic.AtomicLong;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** A pool of its own on a real server, on manual time: calls run on the caller, and return when their messages were dealt with. */
final class TestPool implements AutoCloseable {
    private static final AtomicLong POOLS = new AtomicLong();

    private final UnifiedJedis redis = connect();
    private final Keys keys = Keys.of("bp", "test-" + POOLS.incrementAndGet());
    private final Counted messages = new Counted();
    private final Scripts scripts;
    private final AtomicLong lives = new AtomicLong();

    TestPool(ManualTime time) {
        this.scripts = new Scripts(redis, keys, "test-clock", () -> time.nanos() / 1_000 + " life" + lives);
    }

    private static UnifiedJedis connect() {
        return RedisClient.create("127.0.0.1", TestServer.get().port);
    }

    Backend newMember(PoolConfig config) {
        return new RedisBackend(
                scripts,
                keys,
                new PoolSettings(config, RedisOptions.defaults().withMemberTtl(Cluster.MEMBER_TTL)),
                new Subscriber.Connection(TestPool::connect, true),
                Runnable::run,
                messages,
                () -> {});
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
        redis.del(keys.all().toArray(String[]::new));
        redis.close();
    }
}
