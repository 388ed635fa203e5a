package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.contract.FaultyBackend;
import dev.browserpool.contract.ManualTime;
import dev.browserpool.memory.MemoryStore;
import dev.browserpool.spi.BackendPools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members of a store that lose it, all at once and with more in hand than one step of the ledger deals with. */
class MembersDieTest {
    private static final int EACH = 100;
    private static final Duration TTL = Duration.ofSeconds(3);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final PoolConfig CONFIG = PoolConfig.ofSlots(3 * EACH).toBuilder()
            .stopGrace(GRACE)
            .closeGrace(Duration.ZERO)
            .build();

    private final ManualTime time = new ManualTime();
    private final MemoryStore store = MemoryStore.create(CONFIG, time, TTL);
    private final BrowserPool survivor = BackendPools.over(store.member(), CONFIG, time);
    private final List<FaultyBackend> backends = new ArrayList<>();
    private final List<BrowserPool> dying = new ArrayList<>();
    private final List<SlotLease> leases = new ArrayList<>();
    private final Logs logs = new Logs();

    @BeforeEach
    void letThreeMembersTakeEverything() {
        for (int i = 0; i < 3; i++) {
            backends.add(new FaultyBackend(store.member()));
            dying.add(BackendPools.over(backends.get(i), CONFIG, time));
            for (int j = 0; j < EACH; j++) {
                leases.add(dying.get(i).tryAcquire(Arena.request()).orElseThrow());
            }
        }
    }

    @AfterEach
    void close() {
        dying.forEach(BrowserPool::close);
        survivor.close();
        logs.close();
    }

    @Test
    void allTheirSlotsPassOnInTimeAndNoneBefore() {
        CompletableFuture<SlotLease> waiter = survivor.acquireAsync(Arena.request());
        backends.forEach(backend -> backend.wire().cut());

        time.advance(TTL.plus(GRACE).minusMillis(1));
        assertThat(waiter).isNotDone();
        assertThat(leases).as("lost before anybody else can have them").noneMatch(SlotLease::isValid);
        time.advance(CONFIG.pollInterval().plusMillis(1));

        Duel.answer(waiter).close();
        assertThat(survivor.status().load().used()).isZero();
        assertThat(survivor.status().members()).hasSize(1);
    }

    @Test
    void whoComesBackJoinsAnewAndItsWaitersKeepTheirFullTimeWithTheLease() {
        CompletableFuture<SlotLease> waiter = dying.get(0).acquireAsync(Arena.request());
        backends.get(0).wire().cut();
        time.advance(Duration.ofMinutes(5));
        backends.get(0).wire().mend();
        time.advance(TTL);

        SlotLease lease = Duel.answer(waiter);
        time.advance(Duration.ofMinutes(58));
        assertThat(lease.isValid()).as("held for 58 minutes of an hour").isTrue();
        assertThat(survivor.status().members()).hasSize(4);
        lease.close();
    }
}
