package dev.browserpool.redis;

import java.util.Optional;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisClusterCRC16;
import redis.clients.jedis.util.Pool;

/** Takes single connections out of a client, for what a client can't do: cut one off, or send two commands on the same. */
final class Tap {
    private Tap() {}

    /** A connection to the server that holds a key, to be closed; empty for a client of a kind that gives none away. */
    static Optional<Connection> take(UnifiedJedis client, String key) {
        if (client instanceof RedisClusterClient cluster) {
            return Optional.of(cluster.getConnectionFromSlot(JedisClusterCRC16.getSlot(key)));
        }
        return pool(client).map(Pool::getResource);
    }

    private static Optional<Pool<Connection>> pool(UnifiedJedis client) {
        if (client instanceof RedisClient single) {
            return Optional.of(single.getPool());
        }
        if (client instanceof RedisSentinelClient sentinel) {
            return sentinel.getPrimaryNodesConnectionMap().values().stream()
                    .findFirst()
                    .map(pool -> pool);
        }
        if (client instanceof RedisClusterClient cluster) {
            return cluster.getClusterNodes().values().stream()
                    .<Pool<Connection>>map((ConnectionPool pool) -> pool)
                    .findFirst();
        }
        return Optional.empty();
    }

    /** Refuses a client that has no connection left for calls once messages have theirs, or can't do what the options want. */
    static void check(UnifiedJedis client, RedisOptions options) {
        if (options.minReplicas() > 0 && pool(client).isEmpty()) {
            throw new IllegalArgumentException(
                    "minReplicas needs a RedisClient, RedisSentinelClient or RedisClusterClient, not a "
                            + client.getClass().getSimpleName());
        }
        pool(client).filter(pool -> pool.getMaxTotal() == 1).ifPresent(pool -> {
            throw new IllegalArgumentException(
                    "the client has 1 connection for each server; it needs 2 at least: one is kept for messages");
        });
    }
}
