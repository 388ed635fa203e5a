package dev.browserpool.redis;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import redis.clients.jedis.UnifiedJedis;

/** A server whose clock jumps: its scripts add to the time what stands in a key of the pool. */
public final class ShiftedClock {
    private ShiftedClock() {}

    /** Joins a pool as {@link RedisBrowserPool#connect} does, on such a server. */
    public static BrowserPool connect(String url, PoolConfig config, RedisOptions options) {
        return RedisBrowserPool.connect(url, config, options, "shifted-clock");
    }

    /** Has the clock stand this far ahead, or behind. */
    public static void shift(UnifiedJedis redis, String pool, long micros) {
        redis.set("bp:{" + pool + "}:shift", Long.toString(micros));
    }
}
