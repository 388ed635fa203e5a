package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.MemoryStore;
import dev.browserpool.spi.BackendPools;
import dev.browserpool.spi.PoolTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The narrowest of the races, made sure: the slot comes after the caller has given up and before the ledger hears of that. */
@Timeout(30)
class GrantOvertakesTest {
    private static final PoolConfig CONFIG = PoolConfig.ofSlots(1);

    private final PoolTime time = PoolTime.system();
    private final HookedBackend backend =
            new HookedBackend(MemoryStore.create(CONFIG, time).member());
    private final BrowserPool pool = BackendPools.over(backend, CONFIG, time);
    private final Logs logs = new Logs();

    @BeforeEach
    void letTheSlotBecomeFreeRightBeforeTheWithdrawal() {
        SlotLease held = Duel.answer(pool.acquireAsync(Arena.request()));
        backend.onceBefore("withdraw", held::close);
    }

    @AfterEach
    void close() {
        pool.close();
        logs.close();
    }

    private void theNextOneGetsIt() {
        await().until(() -> pool.status().available() == 1);
        pool.tryAcquire(Arena.request()).orElseThrow().close();
        assertThat(pool.status().counts().leaked()).isZero();
    }

    @Test
    void whoTimesOutTakesTheSlotThatComesAtTheLastMoment() throws InterruptedException {
        try (SlotLease lease = pool.acquire(Arena.request(Duration.ofMillis(20)))) {
            assertThat(lease.isValid()).isTrue();
        }
        theNextOneGetsIt();
    }

    @Test
    void whoIsInterruptedLeavesTheSlotToTheNext() {
        Thread me = Thread.currentThread();
        try (Duel duel = new Duel(1)) {
            duel.start(() -> me.getState() == Thread.State.WAITING, me::interrupt, () -> {});
            assertThatThrownBy(() -> pool.acquire(Arena.request())).isInstanceOf(InterruptedException.class);
            duel.finish();
        }
        theNextOneGetsIt();
    }

    @Test
    void whoseFutureIsCancelledLeavesTheSlotToTheNext() {
        CompletableFuture<SlotLease> future = pool.acquireAsync(Arena.request());
        CompletableFuture<SlotLease> next = pool.acquireAsync(Arena.request());
        assertThat(future.cancel(true)).isTrue();
        Duel.answer(next).close();
        theNextOneGetsIt();
    }

    @Test
    void whoseWithdrawalIsOvertakenByTheLossOfWhatHeNeverSawLosesNothingElse() {
        SlotRequest request = SlotRequest.of("late", OperationType.AGENT);
        CompletableFuture<SlotLease> future = pool.acquireAsync(request);
        backend.onceAfter("withdraw", () -> pool.operations().revoke("late", "taken back at once"));
        assertThat(future.cancel(true)).isTrue();
        theNextOneGetsIt();
    }
}
