package dev.browserpool.redis.servers;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.params.MigrateParams;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A cluster of three masters without replicas, on free ports of the loopback. */
public final class ThreeMasters implements AutoCloseable {
    private static final int SLOTS = 16_384;

    private final List<ServerProcess> nodes = new ArrayList<>();

    /** Starts it, and waits until all nodes agree. */
    public ThreeMasters(Binary binary) {
        for (int i = 0; i < 3; i++) {
            nodes.add(ServerProcess.startNode(binary, "--cluster-enabled", "yes", "--cluster-node-timeout", "2000"));
        }
        for (int i = 0; i < 3; i++) {
            try (Jedis node = node(i)) {
                node.clusterSetConfigEpoch(i + 1);
                node.clusterAddSlots(
                        IntStream.range(i * SLOTS / 3, (i + 1) * SLOTS / 3).toArray());
                if (i > 0) {
                    node.clusterMeet("127.0.0.1", nodes.get(0).port());
                }
            }
        }
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> isWhole(0) && isWhole(1) && isWhole(2));
    }

    private boolean isWhole(int i) {
        try (Jedis node = node(i)) {
            String info = node.clusterInfo();
            return info.contains("cluster_state:ok")
                    && info.contains("cluster_known_nodes:3")
                    && info.contains("cluster_size:3");
        }
    }

    /** A connection to one node alone. Close it. */
    public Jedis node(int i) {
        return new Jedis("127.0.0.1", nodes.get(i).port());
    }

    /** A client as users make it. Close it. */
    public RedisClusterClient client() {
        return client(DefaultJedisClientConfig.builder().build());
    }

    /** The same with a user. Close it. */
    public RedisClusterClient client(JedisClientConfig access) {
        return RedisClusterClient.builder()
                .nodes(java.util.Set.of(
                        new HostAndPort("127.0.0.1", nodes.get(0).port())))
                .clientConfig(access)
                .build();
    }

    /** Which node has the slot of a key. */
    public int ownerOf(String key) {
        int slot = JedisClusterCRC16.getSlot(key);
        return Math.min(2, (slot * 3 + 2) / SLOTS);
    }

    /**
     * Moves a key's slot to another node, as redis-cli does it.
     *
     * @param halfway what to do while only a part of the keys has gone
     * @param emptied what to do when all have gone, and the others don't know yet
     */
    public void move(String key, int from, int to, Runnable halfway, Runnable emptied) {
        int slot = JedisClusterCRC16.getSlot(key);
        try (Jedis source = node(from);
                Jedis target = node(to);
                Jedis third = node(3 - from - to)) {
            String sourceId = source.clusterMyId();
            String targetId = target.clusterMyId();
            target.clusterSetSlotImporting(slot, sourceId);
            source.clusterSetSlotMigrating(slot, targetId);
            List<String> keys = source.clusterGetKeysInSlot(slot, 1_000);
            boolean isHalfway = false;
            for (String one : keys) {
                source.migrate("127.0.0.1", nodes.get(to).port(), 2_000, new MigrateParams(), one);
                if (!isHalfway) {
                    isHalfway = true;
                    halfway.run();
                }
            }
            emptied.run();
            target.clusterSetSlotNode(slot, targetId);
            source.clusterSetSlotNode(slot, targetId);
            third.clusterSetSlotNode(slot, targetId);
        }
    }

    @Override
    public void close() {
        nodes.forEach(ServerProcess::close);
    }
}
