package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.redis.servers.Binary;
import dev.browserpool.redis.servers.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A server that takes what is sent to it and never answers, as behind a link that drops everything. */
class FrozenServerTest {
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    /** For a machine that is busy with other tests. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private final PoolConfig config = PoolConfig.builder()
            .name("frozen")
            .maxBrowsers(1)
            .closeGrace(Duration.ZERO)
            .build();

    private static SlotRequest patient(Duration timeout) {
        return SlotRequest.builder(OperationType.TEST_RUN).timeout(timeout).build();
    }

    @Test
    void everybodyHearsSoonAfterHisTimeHoweverManyTheyAre() throws Exception {
        try (ServerProcess server = ServerProcess.start(Binary.BUNDLED);
                BrowserPool pool = RedisBrowserPool.connect(server.url(), config)) {
            pool.acquire(SlotRequest.of(OperationType.TEST_RUN)).close();
            server.freeze();
            long since = System.nanoTime();
            List<CompletableFuture<SlotLease>> all = new ArrayList<>();
            List<CompletableFuture<Duration>> times = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                CompletableFuture<SlotLease> future = pool.acquireAsync(patient(TIMEOUT));
                all.add(future);
                times.add(future.handle((lease, failure) -> Duration.ofNanos(System.nanoTime() - since)));
            }

            for (CompletableFuture<Duration> time : times) {
                assertThat(time.get(1, TimeUnit.MINUTES))
                        .isLessThan(TIMEOUT.plus(config.pollInterval()).plus(SLACK));
            }
            assertThat(all)
                    .allSatisfy(future -> assertThat(future)
                            .failsWithin(Duration.ZERO)
                            .withThrowableThat()
                            .havingCause()
                            .isInstanceOf(StoreUnavailableException.class));

            server.thaw();
            try (SlotLease lease = pool.acquire(patient(Duration.ofMinutes(1)))) {
                assertThat(lease.isValid()).isTrue();
            }
        }
    }
}
