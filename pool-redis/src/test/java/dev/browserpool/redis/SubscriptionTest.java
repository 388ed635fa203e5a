package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.redis.servers.Link;
import dev.browserpool.redis.servers.Monitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/** The connection for messages: it costs next to nothing, is replaced when it goes silent, and is given back. */
class SubscriptionTest {
    private static final int PORT = TestServer.get().port;

    private final PoolConfig config = PoolConfig.builder()
            .name("subscription-" + UUID.randomUUID())
            .maxBrowsers(1)
            .closeGrace(Duration.ZERO)
            .build();

    @RepeatedTest(5)
    void aClosedPoolGivesTheUsersConnectionBack() throws Exception {
        try (RedisClient client = RedisClient.create("127.0.0.1", PORT)) {
            BrowserPool pool = RedisBrowserPool.create(client, config);
            pool.acquire(SlotRequest.of(OperationType.AGENT)).close();
            await().until(() -> client.getPool().getNumActive() == 1); // the one for messages

            long began = System.nanoTime();
            pool.close();
            assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(1));
            assertThat(client.getPool().getNumActive()).isZero();
            for (int i = 0; i < 20; i++) {
                client.set("bp-check", "" + i); // on whichever connection: none has an answer too many
                assertThat(client.get("bp-check")).isEqualTo("" + i);
            }
        }
    }

    /** One that nobody refers to is forgotten, and taken back. */
    private final List<SlotLease> held = new ArrayList<>();

    @Test
    void aSilentSubscriptionIsReplacedThoughNobodyPings() throws Exception {
        try (Link link = new Link(PORT);
                RedisClient client = RedisClient.create("127.0.0.1", link.port());
                BrowserPool pool = RedisBrowserPool.create(client, config);
                BrowserPool other = RedisBrowserPool.connect("redis://127.0.0.1:" + PORT, config)) {
            SlotLease lease = other.acquire(SlotRequest.of(OperationType.AGENT));
            CompletableFuture<SlotLease> next = pool.acquireAsync(SlotRequest.of(OperationType.AGENT));
            assertThat(link.subscriptions()).isEqualTo(1);

            link.silenceSubscriptions();
            await().until(() -> link.subscriptions() == 2);
            assertThat(client.getPool().getNumActive()).isLessThanOrEqualTo(2);
            await().until(() -> listeners(config.name()) == 2);
            lease.close();
            next.get(900, TimeUnit.MILLISECONDS).close();
        }
    }

    private static long listeners(String pool) {
        try (Jedis redis = new Jedis("127.0.0.1", PORT)) {
            return redis.pubsubChannels("bp:{" + pool + "}:to:*").size();
        }
    }

    @Test
    void aHundredIdleWaitersInEachOfTwoMembersCostLessThanFiveCommandsASecond() throws Exception {
        PoolConfig another =
                PoolConfig.builder().name(config.name() + "-2").maxBrowsers(1).build();
        try (RedisClient client = RedisClient.create("127.0.0.1", PORT);
                BrowserPool ours = RedisBrowserPool.connect("redis://127.0.0.1:" + PORT, config);
                BrowserPool theirs = RedisBrowserPool.create(client, another);
                Monitor monitor = new Monitor(PORT)) {
            List<CompletableFuture<SlotLease>> waiters = new ArrayList<>(hundredWaiters(ours));
            waiters.addAll(hundredWaiters(theirs));
            assertThat(monitor.commandsFor(Duration.ofMillis(500))).hasSizeGreaterThan(200);

            List<String> commands = monitor.commandsFor(Duration.ofSeconds(3));
            assertThat(commands).hasSizeBetween(4, 5 * 3 - 1);
            assertThat(commands).anyMatch(line -> line.contains(config.name() + "}:waiting"));
            assertThat(commands).anyMatch(line -> line.contains(another.name() + "}:waiting"));
            assertThat(waiters).noneMatch(CompletableFuture::isDone);
        }
    }

    private List<CompletableFuture<SlotLease>> hundredWaiters(BrowserPool pool) throws Exception {
        held.add(pool.acquire(SlotRequest.of(OperationType.AGENT)));
        List<CompletableFuture<SlotLease>> waiters = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiters.add(pool.acquireAsync(SlotRequest.of(OperationType.AGENT)));
        }
        await().until(() -> pool.status().load().waiting() == 100);
        return waiters;
    }
}
