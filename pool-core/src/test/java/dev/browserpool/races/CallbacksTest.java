package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MILLISECOND;

import dev.browserpool.BrowserPool;
import dev.browserpool.LeaseLoss;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.PoolEvent;
import dev.browserpool.RequestCancelledException;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.memory.MemoryStore;
import dev.browserpool.spi.BackendPools;
import dev.browserpool.spi.PoolTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users' code does inside the callbacks of the pool, and what must not come of it. */
@Timeout(60)
class CallbacksTest {
    private static final int MANY = 40;

    @Test
    void workInContinuationsKeepsNobodyFromHisLeaseNorFromTheNewsOfItsLoss() throws InterruptedException {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch working = new CountDownLatch(MANY);
        CountDownLatch told = new CountDownLatch(MANY);
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(MANY))) {
            List<CompletableFuture<Void>> work = new ArrayList<>();
            pool.operations().pause("until everybody is in line");
            for (int i = 0; i < MANY; i++) {
                SlotRequest request = SlotRequest.of("task-" + i, OperationType.AGENT);
                work.add(pool.acquireAsync(request).thenAccept(lease -> {
                    lease.onLost(loss -> told.countDown());
                    working.countDown();
                    awaitQuietly(goOn);
                    lease.close();
                }));
            }
            pool.operations().resume();
            assertThat(working.await(10, TimeUnit.SECONDS))
                    .as("all have their leases")
                    .isTrue();
            for (int i = 0; i < MANY; i++) {
                assertThat(pool.operations().revoke("task-" + i, "stop")).isTrue();
            }
            assertThat(told.await(10, TimeUnit.SECONDS))
                    .as("all hear of their loss")
                    .isTrue();
            goOn.countDown();
            work.forEach(Duel::answer);
        }
    }

    @Test
    void blockingInTheContinuationsOfFailuresKeepsNobodyFromHisLease() {
        CountDownLatch goOn = new CountDownLatch(1);
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1))) {
            SlotLease held = pool.tryAcquire(Arena.request()).orElseThrow();
            List<CompletableFuture<?>> failing = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                SlotRequest request = Arena.request();
                failing.add(pool.acquireAsync(request).handle((lease, failure) -> {
                    awaitQuietly(goOn);
                    return failure;
                }));
                assertThat(pool.cancel(request.requestId())).isTrue();
            }
            CompletableFuture<SlotLease> next = pool.acquireAsync(Arena.request());
            held.close();
            Duel.answer(next).close();
            goOn.countDown();
            failing.forEach(Duel::answer);
        }
    }

    @Test
    void anEventListenerThatLeavesItsThreadInterruptedHearsTheNextEvent() {
        List<PoolEvent> heard = new CopyOnWriteArrayList<>();
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1))) {
            pool.addListener(event -> {
                heard.add(event);
                Thread.currentThread().interrupt();
            });
            for (int i = 0; i < 5; i++) {
                pool.tryAcquire(Arena.request()).orElseThrow().close();
            }
            await().until(() -> heard.size() == 10);
        }
    }

    @Test
    void aSlowListenerLosesEventsIsCountedAndBlocksNobody() {
        CountDownLatch goOn = new CountDownLatch(1);
        List<PoolEvent> heard = new CopyOnWriteArrayList<>();
        try (Logs logs = new Logs();
                BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1))) {
            pool.addListener(event -> {
                if (heard.isEmpty()) {
                    heard.add(event);
                    awaitQuietly(goOn);
                }
            });
            int pairs = 6_000; // two events each: more than are kept
            for (int i = 0; i < pairs; i++) {
                pool.tryAcquire(Arena.request()).orElseThrow().close();
            }
            assertThat(logs.with("a listener is too slow")).isNotEmpty().hasSizeLessThan(15);
            assertThat(logs.with("; 1 events were dropped for it so far")).hasSize(1);
            assertThat(logs.with("; 1024 events were dropped for it so far")).hasSize(1);
            goOn.countDown();
        }
    }

    @Test
    void eventsOfOneRequestComeInOrderWhoeverEndsIt() {
        List<PoolEvent> heard = new CopyOnWriteArrayList<>();
        try (Duel duel = new Duel(7);
                BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1))) {
            pool.addListener(heard::add);
            for (int i = 0; i < 500; i++) {
                heard.clear();
                SlotRequest request = Arena.request();
                SlotLease lease = pool.tryAcquire(request).orElseThrow();
                duel.fight(() -> pool.operations().revoke(request.requestId(), "race"), lease::close);
                await().pollInterval(ONE_MILLISECOND)
                        .until(() -> !heard.isEmpty() && heard.get(heard.size() - 1) instanceof PoolEvent.Ended);
                assertThat(heard).first().isInstanceOf(PoolEvent.Granted.class);
                assertThat(heard).filteredOn(PoolEvent.Ended.class::isInstance).hasSize(1);
                assertThat(heard.size()).isLessThanOrEqualTo(3);
            }
        }
    }

    @Test
    void aChildThatStartsWhileItsParentEndsIsNotLeftBehind() {
        PoolConfig config = PoolConfig.ofSlots(1);
        PoolTime time = PoolTime.system();
        HookedBackend backend =
                new HookedBackend(MemoryStore.create(config, time).member());
        try (BrowserPool pool = BackendPools.over(backend, config, time)) {
            SlotLease parent = pool.tryAcquire(Arena.request()).orElseThrow();
            backend.onceAfter("submit", parent::close);
            try (SlotLease child = parent.child("child", OperationType.AGENT)) {
                assertThat(child.isValid()).as("its parent has ended").isFalse();
            } catch (RequestCancelledException e) {
                assertThat(e).hasMessageContaining("ended with its parent");
            }
            assertThat(pool.status().available()).isEqualTo(1);
        }
    }

    @Test
    void aLossThatOvertakesItsGrantIsTold() {
        PoolConfig config = PoolConfig.ofSlots(1);
        PoolTime time = PoolTime.system();
        MemoryStore store = MemoryStore.create(config, time);
        HookedBackend backend = new HookedBackend(store.member());
        try (BrowserPool operator = BackendPools.over(store.member(), config, time);
                BrowserPool pool = BackendPools.over(backend, config, time)) {
            backend.onceAfter("submit", () -> operator.operations().revoke("early", "taken back at once"));
            List<LeaseLoss> told = new CopyOnWriteArrayList<>();
            try (SlotLease lease = pool.tryAcquire(SlotRequest.of("early", OperationType.AGENT))
                    .orElseThrow()) {
                lease.onLost(told::add);
                assertThat(lease.isValid()).isFalse();
                await().until(() -> told.size() == 1);
            }
            assertThat(operator.status().available()).isEqualTo(1);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
