package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.contract.LogCapture;
import dev.browserpool.redis.servers.Binary;
import dev.browserpool.redis.servers.ServerProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** Pools in Redis as users have them: real time, connections of their own. */
class RedisBrowserPoolTest {
    private static final String URL = "redis://127.0.0.1:" + TestServer.get().port;

    private final PoolConfig config = PoolConfig.builder()
            .name("real-" + UUID.randomUUID())
            .maxBrowsers(1)
            .closeGrace(Duration.ZERO)
            .build();

    @Test
    void twoPoolsShareOneLimitAndHandOverDirectly() throws Exception {
        try (BrowserPool one = RedisBrowserPool.connect(URL, config);
                BrowserPool other = RedisBrowserPool.connect(URL, config)) {
            SlotLease lease = one.acquire(SlotRequest.of("first", OperationType.TEST_RUN));
            CompletableFuture<SlotLease> waiting = other.acquireAsync(SlotRequest.of("second", OperationType.TEST_RUN));
            assertThat(other.tryAcquire(SlotRequest.of("third", OperationType.TEST_RUN)))
                    .isEmpty();
            lease.complete();
            lease.close();

            SlotLease next = waiting.get(500, TimeUnit.MILLISECONDS); // less than a poll interval: it was told
            assertThat(next.token()).isGreaterThan(lease.token());
            assertThat(one.status().members()).hasSize(2);
            next.close();
        }
    }

    @Test
    void aStatusShowsMoreThanLuaCanHoldAtOnce() throws Exception {
        int copies = 8_200;
        Keys keys = Keys.of("bp", config.name());
        try (RedisClient redis = RedisClient.create(URL);
                BrowserPool pool = RedisBrowserPool.connect(URL, config);
                SlotLease lease = pool.acquire(SlotRequest.of("one", OperationType.TEST_RUN))) {
            String ticket = redis.zrange(keys.named("slots"), 0, 0).get(0);
            String text = redis.hget(keys.named("requests"), ticket);
            Map<String, String> requests = new HashMap<>();
            Map<String, Double> slots = new HashMap<>();
            for (int i = 0; i < copies; i++) {
                requests.put("copy/" + i, text.replace(ticket, "copy/" + i));
                slots.put("copy/" + i, (double) lease.token());
            }
            redis.hset(keys.named("requests"), requests);
            redis.zadd(keys.named("slots"), slots);

            assertThat(pool.status().running()).hasSize(copies + 1);
            redis.hdel(keys.named("requests"), requests.keySet().toArray(String[]::new));
            redis.zrem(keys.named("slots"), slots.keySet().toArray(String[]::new));
        }
    }

    @Test
    void aProfileHasOneOwnerOverAllPools() throws Exception {
        try (BrowserPool one = RedisBrowserPool.connect(URL, config);
                BrowserPool other = RedisBrowserPool.connect(URL, config)) {
            one.operations().resize(2);
            SlotRequest claim = SlotRequest.builder("owner", OperationType.AGENT)
                    .profile(ProfileClaim.exclusive("shop"))
                    .build();
            SlotRequest second = SlotRequest.builder("second", OperationType.AGENT)
                    .profile(ProfileClaim.exclusive("shop").refuseOnConflict())
                    .build();
            try (SlotLease owner = one.acquire(claim)) {
                assertThatThrownBy(() -> other.acquire(second))
                        .isInstanceOf(ProfileConflictException.class)
                        .hasMessageContaining(
                                "owner (process " + ProcessHandle.current().pid());
                assertThat(owner.isValid()).isTrue();
            }
            other.acquire(second).close();
        }
    }

    @Test
    void aPoolThatIsClosedLeavesNobodyBehind() throws Exception {
        Keys keys = Keys.of("bp", config.name());
        try (RedisClient redis = RedisClient.create("127.0.0.1", TestServer.get().port)) {
            BrowserPool pool = RedisBrowserPool.connect(URL, config);
            pool.acquire(SlotRequest.of("open", OperationType.TEST_RUN));
            CompletableFuture<SlotLease> unused = pool.acquireAsync(SlotRequest.of("waiting", OperationType.TEST_RUN));
            pool.close();

            Set<String> left = redis.keys("bp:{" + config.name() + "}:*");
            assertThat(left).isSubsetOf(keys.all());
            assertThat(left)
                    .extracting(key -> key.substring(key.lastIndexOf(':') + 1))
                    .doesNotContain(
                            "waiting",
                            "ready",
                            "lines",
                            "leases",
                            "slots",
                            "mine",
                            "due",
                            "requests",
                            "ids",
                            "members",
                            "hosts");
        }
    }

    @Test
    void whatTheServerForgotIsSentAgain() throws Exception {
        try (RedisClient redis = RedisClient.create("127.0.0.1", TestServer.get().port);
                BrowserPool pool = RedisBrowserPool.connect(URL, config)) {
            redis.scriptFlush("any");
            redis.functionFlush();

            pool.acquire(SlotRequest.of(OperationType.TEST_RUN)).close();
        }
    }

    @Test
    void whereThereIsNoMemoryForTheLibraryStepsAreScriptsForAWhile() throws Exception {
        try (ServerProcess server = ServerProcess.start(Binary.BUNDLED);
                RedisClient redis = server.client();
                LogCapture log = LogCapture.from(Level.WARN);
                BrowserPool pool = RedisBrowserPool.connect(server.url(), config)) {
            SlotLease lease = pool.acquire(SlotRequest.of("owner", OperationType.TEST_RUN));
            redis.functionFlush();
            redis.configSet("maxmemory", "1");

            lease.close();
            pool.status();

            assertThat(pool.slot("owner").orElseThrow().state()).isEqualTo(SlotState.RELEASED);
            assertThat(log.linesWith("the library of functions can't be loaded now"))
                    .hasSize(1);
            assertThat(redis.functionList()).isEmpty();
        }
    }

    @Test
    void aServerThatIsNotThereIsSaidSoWithoutThePassword() {
        assertThatThrownBy(() -> RedisBrowserPool.connect("redis://:secret@127.0.0.1:1", config))
                .isInstanceOf(StoreUnavailableException.class)
                .message()
                .doesNotContain("secret");
    }
}
