package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Times that mean "never": no sum of them may come out as a time in the past. */
@Timeout(30)
class EndlessTimesTest {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    @Test
    void aLeaseForEverIsValidAndNobodyWhoWaitsForEverTimesOut() {
        PoolConfig config = PoolConfig.ofSlots(1).toBuilder()
                .timeout(LONGEST)
                .maxDuration(LONGEST)
                .stopGrace(LONGEST)
                .closeGrace(LONGEST)
                .historyRetention(LONGEST)
                .pollInterval(LONGEST)
                .build();
        try (BrowserPool pool = InMemoryBrowserPool.create(config)) {
            SlotLease lease = pool.tryAcquire(SlotRequest.of("for-ever", OperationType.AGENT))
                    .orElseThrow();
            CompletableFuture<SlotLease> waiter = pool.acquireAsync(Arena.request());
            assertThat(lease.isValid()).isTrue();
            assertThat(pool.operations().revoke("for-ever", "stop")).isTrue();
            assertThat(pool.status().load().stopping()).isEqualTo(1);
            assertThat(waiter).isNotDone();
            lease.close();
            Duel.answer(waiter).close();
        }
    }

    @Test
    void anOperatorMaySayForEver() throws InterruptedException {
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
                SlotLease lease = pool.tryAcquire(Arena.request()).orElseThrow()) {
            assertThat(pool.operations().cleanupStale(FOR_EVER)).isEmpty();
            assertThat(pool.operations().cleanupCompleted(FOR_EVER)).isZero();
            lease.close();
            assertThat(pool.operations().drain(FOR_EVER)).isTrue();
        }
    }
}
