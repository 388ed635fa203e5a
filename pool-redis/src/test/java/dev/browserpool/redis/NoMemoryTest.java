package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.DuringLoadTest;
import dev.browserpool.LoadTestLease;
import dev.browserpool.LoadTestOptions;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.redis.servers.Binary;
import dev.browserpool.redis.servers.ServerProcess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.RedisClient;

/** A server that has no memory left and evicts nothing: what ends something gets through, with functions and as scripts. */
class NoMemoryTest {
    private final PoolConfig config = PoolConfig.builder()
            .name("no-memory")
            .maxBrowsers(1)
            .closeGrace(Duration.ZERO)
            .build();

    /** A pool on a server that is new grants nothing for two seconds, and lets nobody have it. */
    private static BrowserPool settled(ServerProcess server, PoolConfig config) throws InterruptedException {
        BrowserPool pool = RedisBrowserPool.connect(server.url(), config);
        pool.acquire(SlotRequest.of(OperationType.TEST_RUN)).close();
        return pool;
    }

    private static void fill(RedisClient redis) {
        redis.configSet("maxmemory", "1");
    }

    @ParameterizedTest
    @EnumSource(names = {"BUNDLED", "OLDEST"})
    void aLoadTestThatRunsCanBeEndedByHand(Binary program) throws Exception {
        try (ServerProcess server = ServerProcess.start(program, "--maxmemory-policy", "noeviction");
                RedisClient redis = server.client();
                BrowserPool pool = settled(server, config)) {
            pool.loadTestLock().acquireFor("run-1", Duration.ofHours(1));
            fill(redis);

            assertThat(pool.loadTestLock().forceRelease("ann", "no memory")).isPresent();

            assertThat(pool.loadTestLock().current()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BUNDLED", "OLDEST"})
    void itsHolderCanEndItAndThoseInLineAreServed(Binary program) throws Exception {
        PoolConfig waiting =
                config.toBuilder().duringLoadTest(DuringLoadTest.WAIT).build();
        try (ServerProcess server = ServerProcess.start(program, "--maxmemory-policy", "noeviction");
                RedisClient redis = server.client();
                BrowserPool pool = settled(server, waiting)) {
            LoadTestLease test = pool.loadTestLock().acquire("run-1", LoadTestOptions.defaults());
            CompletableFuture<SlotLease> next = pool.acquireAsync(SlotRequest.of("next", OperationType.TEST_RUN));
            await().until(() -> pool.status().load().waiting() == 1);
            fill(redis);

            test.close();

            next.get(5, TimeUnit.SECONDS).close();
            assertThat(pool.loadTestLock().isActive()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BUNDLED", "OLDEST"})
    void operatorsCanPauseResumeAndResizeAndWhatGrowsIsRefused(Binary program) throws Exception {
        try (ServerProcess server = ServerProcess.start(program, "--maxmemory-policy", "noeviction");
                RedisClient redis = server.client();
                BrowserPool pool = settled(server, config)) {
            pool.profiles().quarantine("shop", "odd");
            fill(redis);

            pool.operations().pause("no memory");
            pool.operations().resize(2);
            pool.operations().resume();
            pool.profiles().clear("shop", "ann", "it was us");

            assertThat(pool.status().limit().maxBrowsers()).isEqualTo(2);
            assertThatThrownBy(() -> pool.profiles().checkOut("shop", "ann", "why", Duration.ofMinutes(1)))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> pool.loadTestLock().acquireFor("run-2", Duration.ofMinutes(1)))
                    .isInstanceOf(StoreUnavailableException.class);
            redis.configSet("maxmemory", "0");
            try (SlotLease lease = pool.acquire(SlotRequest.of(OperationType.TEST_RUN))) {
                assertThat(lease.isValid()).isTrue();
            }
        }
    }
}
