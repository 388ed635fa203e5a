package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.LeaseLoss;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.redis.servers.Binary;
import dev.browserpool.redis.servers.ServerProcess;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/** Whoever wants replicas to confirm relies on nothing that they don't have. */
class MinReplicasTest {
    private static final Duration TTL = Duration.ofSeconds(4);

    private final ServerProcess primary = ServerProcess.start(Binary.BUNDLED, "--repl-diskless-sync-delay", "0");
    private final ServerProcess replica =
            ServerProcess.start(Binary.BUNDLED, "--replicaof", "127.0.0.1", "" + primary.port());
    private final PoolConfig config = PoolConfig.builder()
            .name("replicas-" + UUID.randomUUID())
            .maxBrowsers(1)
            .closeGrace(Duration.ZERO)
            .pollInterval(Duration.ofMinutes(1)) // so that nothing is found by asking now and then
            .build();
    private final RedisOptions options = RedisOptions.defaults()
            .withMemberTtl(TTL)
            .withSocketTimeout(Duration.ofSeconds(1))
            .withMinReplicas(1);

    @BeforeEach
    void awaitReplica() {
        await().until(() -> {
            try (Jedis jedis = new Jedis("127.0.0.1", primary.port())) {
                jedis.set("written", "before");
                return jedis.waitReplicas(1, 500) == 1;
            }
        });
    }

    @AfterEach
    void stop() {
        replica.close();
        primary.close();
    }

    private static SlotRequest request(String id) {
        return SlotRequest.builder(id, OperationType.AGENT)
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    @Test
    void aGrantThatIsHeardOfIsAskedForAndHadAtOnce() throws Exception {
        try (BrowserPool one = RedisBrowserPool.connect(primary.url(), config, options);
                RedisClient client = primary.client();
                BrowserPool other = RedisBrowserPool.create(client, config, options)) {
            SlotLease lease = one.acquire(request("first"));
            CompletableFuture<SlotLease> next = other.acquireAsync(request("next"));
            await().until(() -> one.status().load().waiting() == 1);
            lease.close();

            SlotLease second = next.get(900, TimeUnit.MILLISECONDS);
            assertThat(second.token()).isGreaterThan(lease.token());
            second.close();
        }
    }

    @Test
    void withoutItsReplicaAPrimaryGrantsNothingAndWhatItGrantedEndsByItself() throws Exception {
        try (BrowserPool one = RedisBrowserPool.connect(primary.url(), config, options);
                BrowserPool other = RedisBrowserPool.connect(primary.url(), config, options)) {
            SlotLease lease = one.acquire(request("first"));
            CompletableFuture<LeaseLoss> lost = new CompletableFuture<>();
            lease.onLost(lost::complete);
            CompletableFuture<SlotLease> next = other.acquireAsync(request("next"));
            await().until(() -> one.status().load().waiting() == 1);

            replica.freeze();
            assertThatThrownBy(() -> one.acquire(SlotRequest.builder("late", OperationType.AGENT)
                            .timeout(Duration.ofSeconds(1))
                            .build()))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("0 of 1 replicas have confirmed");
            assertThat(lost.get(TTL.toSeconds() + 2, TimeUnit.SECONDS).reason()).isEqualTo(LeaseLoss.Reason.LOST);
            assertThat(lease.isValid()).isFalse();
            CompletableFuture<Void> release =
                    CompletableFuture.runAsync(lease::close, work -> new Thread(work).start());
            await().until(() -> isFree("first")); // the primary has given the slot to the next one, and told it
            await().during(Duration.ofMillis(500)).until(() -> !next.isDone());

            replica.thaw();
            next.get(20, TimeUnit.SECONDS).close();
            release.get(20, TimeUnit.SECONDS);
        }
    }

    private boolean isFree(String id) {
        try (RedisClient redis = primary.client()) {
            return !redis.hexists(Keys.of("bp", config.name()).named("ids"), id);
        }
    }

    @Test
    void aPrimaryWithoutReplicasIsNoPlaceForAPoolThatWantsThem() {
        assertThatThrownBy(() -> RedisBrowserPool.connect(replica.url(), config, options))
                .hasMessageContaining("read-only replica");
        assertThatThrownBy(() -> RedisBrowserPool.connect(primary.url(), config, options.withMinReplicas(2)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("1 of 2 replicas have confirmed");
    }
}
