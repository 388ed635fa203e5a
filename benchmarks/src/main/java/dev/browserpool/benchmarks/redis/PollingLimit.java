package dev.browserpool.benchmarks.redis;

import java.net.URI;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * What many projects write themselves: a counter, and whoever finds it full looks again every half a second. Not fair, and nothing expires.
 * The first pause is a part of that by chance: in a benchmark all come at once, and would get in each other's way at every look.
 */
final class PollingLimit implements SharedLimit {
    static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int CONNECTIONS = 128;

    private final RedisClient redis;
    private final String key;
    private final int permits;

    PollingLimit(String url, String id, int permits) {
        ConnectionPoolConfig connections = new ConnectionPoolConfig();
        connections.setMaxTotal(CONNECTIONS);
        connections.setMaxIdle(CONNECTIONS);
        this.redis = RedisClient.builder()
                .hostAndPort(JedisURIHelper.getHostAndPort(URI.create(url)))
                .poolConfig(connections)
                .build();
        this.key = "polling:" + id;
        this.permits = permits;
    }

    @Override
    public Permit acquire() throws InterruptedException {
        long pause = ThreadLocalRandom.current().nextLong(PAUSE_NANOS);
        while (redis.incr(key) > permits) {
            redis.decr(key);
            LockSupport.parkNanos(pause);
            pause = PAUSE_NANOS;
            if (Thread.interrupted()) {
                throw new InterruptedException("while waiting for " + key);
            }
        }
        return () -> redis.decr(key);
    }

    @Override
    public void close() {
        redis.close();
    }
}
