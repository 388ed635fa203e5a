package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolClosedException;
import dev.browserpool.PoolConfig;
import dev.browserpool.RequestCancelledException;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.contract.FaultyBackend;
import dev.browserpool.contract.ManualTime;
import dev.browserpool.memory.MemoryStore;
import dev.browserpool.spi.BackendPools;
import dev.browserpool.spi.PoolTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** A pool is closed while its own threads, and another pool on the same store, do what they always do. */
@Timeout(60)
class CloseRacesTest {
    private static final int RACES = 4_000;
    private static final int BATCH = 500;
    private static final int SLOTS = 2;
    private static final long SEED = 20_240_301;
    private static final PoolConfig CONFIG = PoolConfig.ofSlots(SLOTS).toBuilder()
            .name("closing")
            .closeGrace(Duration.ZERO)
            .build();

    private final PoolTime time = PoolTime.system();
    private final MemoryStore store = MemoryStore.create(CONFIG, time);
    private final BrowserPool other = BackendPools.over(store.member(), CONFIG, time);
    private final Arena arena = new Arena(other, SLOTS);
    private final Duel duel = new Duel(SEED);
    private final Logs logs = new Logs();
    private final List<BrowserPool> extra = new ArrayList<>();

    @BeforeEach
    void printTheSeed(TestReporter reporter) {
        reporter.publishEntry("seed", String.valueOf(SEED));
    }

    @AfterEach
    void close() {
        duel.close();
        extra.forEach(BrowserPool::close);
        other.close();
        logs.close();
    }

    @Test
    void aGrantAgainstTheCloseOfItsPoolLosesNothing() {
        int leases = 0;
        for (int i = 1; i <= RACES; i++) {
            List<SlotLease> held = arena.takeAll();
            BrowserPool closing = BackendPools.over(store.member(), CONFIG, time);
            CompletableFuture<SlotLease> contested = closing.acquireAsync(Arena.request());
            CompletableFuture<SlotLease> behind =
                    other.acquireAsync(Arena.request()).thenApply(arena::enter);
            duel.fight(() -> arena.leave(held.get(0)), closing::close);
            Optional<SlotLease> lease = leaseOf(contested);
            leases += lease.isPresent() ? 1 : 0;
            lease.ifPresent(
                    late -> assertThat(late.isValid()).as("of a closed pool").isFalse());
            arena.leave(Duel.answer(behind));
            arena.leave(held.get(1));
            if (i % BATCH == 0) {
                String when = "after " + i + " races with seed " + SEED;
                arena.isAsBefore(when);
                assertThat(other.status().members()).as(when).hasSize(1);
            }
        }
        assertThat(leases).as("races won by the grant").isBetween(1, RACES - 1);
    }

    private static Optional<SlotLease> leaseOf(CompletableFuture<SlotLease> contested) {
        try {
            return Optional.of(contested.get(20, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOfAny(PoolClosedException.class, RequestCancelledException.class);
            return Optional.empty();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    @Test
    void whoeverEntersTheLineWhileThePoolClosesIsToldSo() {
        HookedBackend backend = new HookedBackend(store.member());
        BrowserPool closing = BackendPools.over(backend, CONFIG, time);
        other.operations().pause("nobody gets anything");
        backend.onceAfter("submit", closing::close);

        assertThatThrownBy(() -> closing.acquire(Arena.request())).isInstanceOf(PoolClosedException.class);
        assertThat(other.status().load().waiting()).isZero();
    }

    @Test
    void whoeverAsksWhenThePoolHasJustClosedIsToldSoAndTheMemberStaysAway() {
        HookedBackend backend = new HookedBackend(store.member());
        BrowserPool closing = BackendPools.over(backend, CONFIG, time);
        backend.onceBefore("submit", closing::close);

        assertThatThrownBy(() -> closing.acquire(Arena.request())).isInstanceOf(PoolClosedException.class);
        assertThat(other.status().members()).hasSize(1);
        assertThat(other.status().load().used()).isZero();
    }

    @Test
    void theFutureOfWhoeverAsksWhenThePoolHasJustClosedFails() {
        HookedBackend backend = new HookedBackend(store.member());
        BrowserPool closing = BackendPools.over(backend, CONFIG, time);
        backend.onceBefore("submit", closing::close);

        assertThat(closing.acquireAsync(Arena.request()))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(PoolClosedException.class);
    }

    @Test
    void aSignOfLifeThatCrossesTheCloseBringsNobodyBack() {
        PoolConfig quick = CONFIG.toBuilder()
                .maxDuration(Duration.ofMillis(20))
                .stopGrace(Duration.ZERO)
                .build();
        HookedBackend backend = new HookedBackend(store.member());
        BrowserPool closing = BackendPools.over(backend, quick, time);
        CountDownLatch beating = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        backend.onceBefore("beat", () -> {
            beating.countDown();
            awaitQuietly(closed);
        });
        SlotLease expiring = closing.tryAcquire(Arena.request()).orElseThrow();
        awaitQuietly(beating);
        closing.close();
        closed.countDown();

        expiring.close();
        await().during(Duration.ofMillis(100))
                .until(() -> other.status().members().size() == 1);
    }

    @Test
    void aPoolWaitsForTheLeasesOfItsFutures() throws Exception {
        PoolConfig patient =
                CONFIG.toBuilder().closeGrace(Duration.ofSeconds(20)).build();
        BrowserPool closing = BackendPools.over(store.member(), patient, time);
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicReference<Boolean> valid = new AtomicReference<>();
        CompletableFuture<Void> work = closing.acquireAsync(Arena.request()).thenAcceptAsync(lease -> {
            working.countDown();
            awaitQuietly(goOn);
            valid.set(lease.isValid());
            lease.close();
        });
        awaitQuietly(working);
        Thread later = new Thread(() -> {
            await().until(() -> isParkedInClose(Thread.getAllStackTraces().keySet()));
            goOn.countDown();
        });
        later.setDaemon(true);
        later.start();
        Thread.currentThread().setName("closer");
        closing.close();

        work.get(5, TimeUnit.SECONDS);
        assertThat(valid.get()).isTrue();
        assertThat(logs.with("still open")).isEmpty();
    }

    private static boolean isParkedInClose(Iterable<Thread> threads) {
        for (Thread thread : threads) {
            if (thread.getName().equals("closer")) {
                return thread.getState() == Thread.State.TIMED_WAITING;
            }
        }
        return false;
    }

    @Test
    void holdersWhoCloseWhenTheyHearOfTheLossDoNotBlockTheClose() {
        for (int round = 0; round < 300; round++) {
            PoolConfig many =
                    CONFIG.toBuilder().name("round" + round).maxBrowsers(8).build();
            BrowserPool closing =
                    BackendPools.over(MemoryStore.create(many, time).member(), many, time);
            List<SlotLease> leases = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                SlotLease lease = closing.tryAcquire(Arena.request()).orElseThrow();
                int spins = duel.random().nextInt(3_000);
                lease.onLost(loss -> {
                    Duel.spin(spins);
                    lease.close();
                });
                leases.add(lease);
            }
            closing.close();
            assertThat(leases).noneMatch(SlotLease::isValid);
        }
    }

    @Test
    void closingDoesNotTakeBackTheNamesakeOfALeaseThatWasLostLongAgo() {
        ManualTime manual = new ManualTime();
        MemoryStore mortal = MemoryStore.create(CONFIG, manual, Duration.ofSeconds(3));
        FaultyBackend cutOff = new FaultyBackend(mortal.member());
        BrowserPool closing = BackendPools.over(cutOff, CONFIG, manual);
        BrowserPool alive = BackendPools.over(mortal.member(), CONFIG, manual);
        extra.add(alive);
        SlotRequest name = SlotRequest.of("name", OperationType.AGENT);
        SlotLease lost = closing.tryAcquire(name).orElseThrow();
        cutOff.wire().cut();
        manual.advance(Duration.ofMinutes(1));
        SlotLease namesake = alive.tryAcquire(name).orElseThrow();
        cutOff.wire().mend();

        closing.close();

        manual.settle();
        assertThat(lost.isValid()).isFalse();
        assertThat(namesake.isValid()).isTrue();
        assertThat(alive.status().load().stopping()).isZero();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
