package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.redis.servers.Binary;
import dev.browserpool.redis.servers.ThreeMasters;
import dev.browserpool.redis.servers.WatchedPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/** Pools behind Sentinel and in a cluster, through clients as users make them. */
class TopologyTest {
    private final PoolConfig config = PoolConfig.builder()
            .name("topology-" + UUID.randomUUID())
            .maxBrowsers(1)
            .closeGrace(Duration.ZERO)
            .build();
    private final Keys keys = Keys.of("bp", config.name());

    private static void handsOverByMessage(BrowserPool one, BrowserPool other) throws Exception {
        SlotLease lease = one.acquire(SlotRequest.of(OperationType.AGENT));
        CompletableFuture<SlotLease> next = other.acquireAsync(SlotRequest.of(OperationType.AGENT));
        lease.close();
        next.get(900, TimeUnit.MILLISECONDS).close(); // less than a poll interval: messages come through as well
    }

    /** Takes and gives back without pause until told to stop; the tokens, in the order in which they were had. */
    private static CompletableFuture<List<Long>> work(BrowserPool pool, AtomicBoolean stop) {
        return CompletableFuture.supplyAsync(
                () -> {
                    List<Long> tokens = new ArrayList<>();
                    while (!stop.get()) {
                        try (SlotLease lease = pool.acquire(SlotRequest.of(OperationType.AGENT))) {
                            tokens.add(lease.token());
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                    return tokens;
                },
                task -> new Thread(task, "work").start());
    }

    @Test
    void aPoolWorksInAClusterAlsoWhileItsSlotMoves() throws Exception {
        try (ThreeMasters cluster = new ThreeMasters(Binary.BUNDLED);
                RedisClusterClient mine = cluster.client();
                RedisClusterClient yours = cluster.client(withLeastRights(cluster));
                RedisClusterClient stale = cluster.client();
                BrowserPool one = RedisBrowserPool.create(mine, config);
                BrowserPool other = RedisBrowserPool.create(yours, config)) {
            handsOverByMessage(one, other);
            ConfirmedSender sender = new ConfirmedSender(stale, 0, Duration.ofSeconds(1));
            assertThat(type(sender)).isEqualTo("hash");
            int from = cluster.ownerOf(keys.named("meta"));
            int to = (from + 1) % 3;
            AtomicBoolean stop = new AtomicBoolean();
            CompletableFuture<List<Long>> first = work(one, stop);
            CompletableFuture<List<Long>> second = work(other, stop);

            cluster.move(
                    keys.named("meta"),
                    from,
                    to,
                    () -> await().until(() -> errors(cluster, from, "TRYAGAIN") > 5),
                    () -> await().until(() -> errors(cluster, from, "ASK") > 5));
            long before = grants(cluster, to);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> grants(cluster, to) > 200 + before || first.isDone() || second.isDone());

            stop.set(true);
            List<Long> tokens = new ArrayList<>(first.get(30, TimeUnit.SECONDS));
            tokens.addAll(second.get(30, TimeUnit.SECONDS));
            assertThat(tokens).doesNotHaveDuplicates().hasSizeGreaterThan(200);
            assertThat(first.get()).isSorted();
            assertThat(second.get()).isSorted();
            assertThat(errors(cluster, from, "MOVED")).isPositive();
            handsOverByMessage(other, one);
            try (Jedis node = cluster.node(to)) {
                assertThat(node.functionList()).hasSize(1); // it went where the keys went
                node.scriptFlush();
                node.functionFlush();
            }
            handsOverByMessage(one, other);
            assertThatThrownBy(() -> type(sender)).isInstanceOf(JedisMovedDataException.class);
            assertThat(type(sender)).isEqualTo("hash"); // and the next time it knows where to
            for (int i = 0; i < 3; i++) {
                try (Jedis node = cluster.node(i)) {
                    assertThat(node.aclLog())
                            .extracting(entry -> entry.getObject())
                            .isSubsetOf("client", "client|setinfo"); // the client says its name, and does not need to
                }
            }
        }
    }

    private String type(ConfirmedSender sender) {
        String text = "return redis.call('TYPE', KEYS[1]).ok";
        return sender.send(StepCommand.byText(text, List.of(keys.named("meta")), List.of()))
                .toString();
    }

    private static JedisClientConfig withLeastRights(ThreeMasters cluster) {
        for (int i = 0; i < 3; i++) {
            try (Jedis node = cluster.node(i)) {
                DocumentedRights.makeUser(
                        node,
                        DocumentedRights.USER,
                        Stream.concat(
                                DocumentedRights.RULES.stream(),
                                Stream.of("+cluster|slots", "+asking", "+fcall", "+function|load")));
            }
        }
        return DefaultJedisClientConfig.builder()
                .user(DocumentedRights.USER)
                .password(DocumentedRights.PASSWORD)
                .build();
    }

    private long grants(ThreeMasters cluster, int node) {
        try (Jedis jedis = cluster.node(node)) {
            String granted = jedis.hget(keys.named("tally"), "granted");
            return granted == null ? 0 : Long.parseLong(granted);
        }
    }

    private static long errors(ThreeMasters cluster, int node, String code) {
        try (Jedis jedis = cluster.node(node)) {
            Matcher count =
                    Pattern.compile("errorstat_" + code + ":count=(\\d+)").matcher(jedis.info("errorstats"));
            return count.find() ? Long.parseLong(count.group(1)) : 0;
        }
    }

    @Test
    void aPoolBehindSentinelOutlivesItsPrimary() throws Exception {
        try (WatchedPair pair = new WatchedPair(Binary.BUNDLED);
                RedisSentinelClient mine = pair.client();
                RedisSentinelClient yours = pair.client();
                BrowserPool one = RedisBrowserPool.create(mine, config);
                BrowserPool other = RedisBrowserPool.create(yours, config)) {
            handsOverByMessage(one, other);
            SlotLease held = one.acquire(SlotRequest.of("held", OperationType.AGENT));
            CompletableFuture<SlotLease> next = other.acquireAsync(SlotRequest.of("next", OperationType.AGENT));
            await().until(() -> lineOn(pair.replica().port()) == 1);

            pair.primary().kill();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> isPrimary(pair.replica().port()));
            assertThat(held.isValid()).isTrue();
            held.close();

            SlotLease after = next.get(30, TimeUnit.SECONDS);
            assertThat(after.token()).isGreaterThan(held.token());
            after.close();
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> handsOverByMessage(one, other));
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> handsOverByMessage(other, one));
        }
    }

    @Test
    void aPrimaryThatFreezesIsLeftBehindWithTheMessagesThatItWillNeverSend() throws Exception {
        RedisOptions options =
                RedisOptions.defaults().withMemberTtl(Duration.ofSeconds(15)); // who waits for nothing looks after 5 s
        try (WatchedPair pair = new WatchedPair(Binary.BUNDLED);
                RedisSentinelClient mine = pair.client();
                RedisSentinelClient yours = pair.client();
                BrowserPool one = RedisBrowserPool.create(mine, config, options);
                BrowserPool other = RedisBrowserPool.create(yours, config, options)) {
            SlotLease held = one.acquire(SlotRequest.of("held", OperationType.AGENT));
            CompletableFuture<SlotLease> next = other.acquireAsync(SlotRequest.of("next", OperationType.AGENT));
            await().until(() -> lineOn(pair.replica().port()) == 1);

            pair.primary().freeze(); // connections to it stay open, and are silent
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> isPrimary(pair.replica().port()));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> listeners(pair.replica().port()) > 0); // whoever waits notices
            assertThat(held.isValid()).isTrue();
            held.close();
            next.get(30, TimeUnit.SECONDS).close();
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> handsOverByMessage(one, other));
        }
    }

    private long listeners(int port) {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            return jedis.pubsubChannels("bp:{" + config.name() + "}:to:*").size();
        }
    }

    private long lineOn(int port) {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            return jedis.zcard(keys.named("waiting"));
        }
    }

    private static boolean isPrimary(int port) {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            return jedis.info("replication").contains("role:master");
        }
    }

    @Test
    void aClientWithOneConnectionIsRefused() {
        var one = new redis.clients.jedis.ConnectionPoolConfig();
        one.setMaxTotal(1);
        try (UnifiedJedis client = redis.clients.jedis.RedisClient.builder()
                .hostAndPort("127.0.0.1", TestServer.get().port)
                .poolConfig(one)
                .build()) {
            assertThatThrownBy(() -> RedisBrowserPool.create(client, config))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("it needs 2 at least");
        }
    }
}
