package dev.browserpool.redis.servers;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisSentinelClient;

/** A primary, its replica, and a Sentinel that promotes the replica within seconds. */
public final class WatchedPair implements AutoCloseable {
    private static final String NAME = "main";

    private final ServerProcess primary;
    private final ServerProcess replica;
    private final ServerProcess sentinel;

    /** Starts all, and waits until the Sentinel knows them. */
    public WatchedPair(Binary binary) {
        primary = ServerProcess.start(binary, "--repl-diskless-sync-delay", "0");
        replica = ServerProcess.start(binary, "--replicaof", "127.0.0.1", "" + primary.port());
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            try (Jedis jedis = new Jedis("127.0.0.1", replica.port())) {
                return jedis.info("replication").contains("master_link_status:up");
            }
        });
        sentinel = ServerProcess.startSentinel(
                binary,
                "sentinel monitor " + NAME + " 127.0.0.1 " + primary.port() + " 1",
                "sentinel down-after-milliseconds " + NAME + " 1000",
                "sentinel failover-timeout " + NAME + " 5000");
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            try (Jedis jedis = new Jedis("127.0.0.1", sentinel.port())) {
                return jedis.sentinelReplicas(NAME).size() == 1;
            }
        });
    }

    /** A client as users make it. Close it. */
    public RedisSentinelClient client() {
        return RedisSentinelClient.builder()
                .masterName(NAME)
                .sentinels(Set.of(new HostAndPort("127.0.0.1", sentinel.port())))
                .clientConfig(DefaultJedisClientConfig.builder().build())
                .build();
    }

    /** The server that is the primary at first. */
    public ServerProcess primary() {
        return primary;
    }

    /** The server that is promoted. */
    public ServerProcess replica() {
        return replica;
    }

    @Override
    public void close() {
        sentinel.close();
        replica.close();
        primary.close();
    }
}
