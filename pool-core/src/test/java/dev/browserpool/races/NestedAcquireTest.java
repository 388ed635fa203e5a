package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotTimeoutException;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thread that holds a lease and blocks for another is told how that can end, and nobody else is. */
class NestedAcquireTest {
    private static final String WARNING = "that can deadlock";
    private final Logs logs = new Logs();
    private final BrowserPool pool = InMemoryBrowserPool.create(
            PoolConfig.ofSlots(1).toBuilder().closeGrace(Duration.ZERO).build());

    @AfterEach
    void close() {
        pool.close();
        logs.close();
    }

    private void blockForAnother() {
        SlotRequest inner = SlotRequest.builder("inner", OperationType.AGENT)
                .timeout(Duration.ofMillis(20))
                .build();
        assertThatThrownBy(() -> pool.acquire(inner)).isInstanceOf(SlotTimeoutException.class);
    }

    @Test
    void whoHoldsALeaseAndBlocksForAnotherIsToldBothNamesAndTheCure() throws InterruptedException {
        try (SlotLease outer = pool.acquire(SlotRequest.of("outer", OperationType.AGENT))) {
            blockForAnother();
            assertThat(logs.with(WARNING)).hasSize(1);
            assertThat(logs.with("holds the lease of request outer and waits for another one, inner"))
                    .hasSize(1);
            assertThat(logs.with("lease.child(\"inner\", …)")).hasSize(1);
        }
    }

    @Test
    void whoHasClosedHisLeaseIsNotWarned() {
        CompletableFuture<SlotLease> others = pool.acquireAsync(Arena.request());
        Duel.answer(others).close();
        pool.tryAcquire(Arena.request()).orElseThrow().close();
        SlotLease taken = Duel.answer(pool.acquireAsync(Arena.request()));
        blockForAnother();
        taken.close();
        assertThat(logs.with(WARNING)).isEmpty();
    }

    @Test
    void aChildIsNoReasonToWarn() {
        try (SlotLease outer = pool.tryAcquire(Arena.request()).orElseThrow();
                SlotLease child = outer.child("child", OperationType.AGENT)) {
            assertThat(child.isValid()).isTrue();
        }
        assertThat(logs.with(WARNING)).isEmpty();
    }

    @Test
    void theNewestLeaseThatIsStillHeldIsNamedHoweverManyWereClosedInBetween() {
        pool.operations().resize(30);
        SlotLease kept =
                pool.tryAcquire(SlotRequest.of("kept", OperationType.AGENT)).orElseThrow();
        for (int i = 0; i < 29; i++) {
            SlotLease early = pool.tryAcquire(Arena.request()).orElseThrow();
            SlotLease late = i == 28 ? null : pool.tryAcquire(Arena.request()).orElse(null);
            early.close();
            if (late != null) {
                late.close();
            }
        }
        pool.operations().resize(1);
        blockForAnother();
        assertThat(logs.with("holds the lease of request kept")).hasSize(1);
        kept.close();
    }
}
