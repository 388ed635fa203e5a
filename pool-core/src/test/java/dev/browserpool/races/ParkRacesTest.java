package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolClosedException;
import dev.browserpool.PoolConfig;
import dev.browserpool.PoolEvent.ProfileConflict.Detector;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.SlotTimeoutException;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.memory.MemoryStore;
import dev.browserpool.spi.BackendPools;
import dev.browserpool.spi.OutsideOwner;
import dev.browserpool.spi.PoolTime;
import dev.browserpool.spi.SessionLease;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A park against all that may happen to its request while it is on its way. */
@Timeout(60)
class ParkRacesTest {
    private static final OutsideOwner SOMEBODY = new OutsideOwner("desk-1", 4711, "chromium");
    private static final Duration SOON = Duration.ofMillis(50);
    private final PoolTime time = PoolTime.system();

    @Test
    void aTimeoutThatOvertakesItLeavesNobodyWithALease() throws Exception {
        PoolConfig config = PoolConfig.ofSlots(1);
        HookedBackend backend =
                new HookedBackend(MemoryStore.create(config, time).member());
        try (BrowserPool pool = BackendPools.over(backend, config, time)) {
            SessionLease lease = SessionLease.of(pool.acquire(request("a", Duration.ofMillis(100))));
            long since = System.nanoTime();
            await().until(() -> System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(150));
            CountDownLatch timedOut = new CountDownLatch(1);
            backend.onceBefore("change", () -> {
                Thread witness = new Thread(() -> {
                    await().pollDelay(Duration.ofMillis(100)).until(() -> true); // the housekeeper has looked by then
                    timedOut.countDown();
                });
                witness.start();
                pass(timedOut);
            });

            assertThatThrownBy(() -> lease.park(SOMEBODY, Detector.PROBE, Duration.ofSeconds(2)))
                    .isInstanceOf(SlotTimeoutException.class);

            assertThat(pool.slot("a").orElseThrow().state()).isEqualTo(SlotState.TIMED_OUT);
            assertThat(pool.status().load().used()).isZero();
            pool.tryAcquire(Arena.request()).orElseThrow().close();
        }
    }

    @Test
    void aPoolThatIsBeingClosedParksNobody() throws Exception {
        PoolConfig config = PoolConfig.ofSlots(2).toBuilder()
                .closeGrace(Duration.ofSeconds(3))
                .build();
        BrowserPool pool = InMemoryBrowserPool.create(config);
        SessionLease lease = SessionLease.of(pool.acquire(request("a", Duration.ofMinutes(1))));
        SlotLease other = pool.acquire(Arena.request());
        Thread closer = new Thread(pool::close);
        closer.start();
        await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);

        Throwable thrown = catchThrowable(() -> lease.park(SOMEBODY, Detector.PROBE, SOON));

        assertThat(thrown).isInstanceOf(PoolClosedException.class);
        assertThat(pool.status().load().used()).isEqualTo(1);
        other.close();
        closer.join();
    }

    @Test
    void aSubmitThatArrivesLateDoesNotGiveBackTheLeaseThatCameAfterIt() throws Exception {
        PoolConfig config = PoolConfig.ofSlots(1);
        MemoryStore store = MemoryStore.create(config, time);
        HookedBackend backend = new HookedBackend(store.member());
        try (BrowserPool other = BackendPools.over(store.member(), config, time);
                BrowserPool pool = BackendPools.over(backend, config, time)) {
            SlotLease blocker = other.acquire(SlotRequest.of("blocker", OperationType.AGENT));
            CountDownLatch secondIsOut = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            CountDownLatch answered = new CountDownLatch(1);
            backend.onceAfter("submit", () -> {
                backend.onceBefore("submit", () -> {
                    backend.onceAfter("submit", answered::countDown);
                    secondIsOut.countDown();
                    pass(goOn);
                });
                throw new StoreUnavailableException("the answer is lost");
            });
            CompletableFuture<SlotLease> asked = pool.acquireAsync(request("a", Duration.ofMinutes(1)));
            pass(secondIsOut);
            blocker.close();
            SessionLease lease = SessionLease.of(asked.get(5, TimeUnit.SECONDS));
            CompletableFuture<SessionLease> parked = new CompletableFuture<>();
            Thread parker = new Thread(() -> park(lease, parked));
            parker.start();
            await().until(() -> {
                other.tryAcquire(Arena.request()).ifPresent(SlotLease::close); // moves the ledger on
                return parked.isDone();
            });

            goOn.countDown();
            pass(answered);

            await().during(Duration.ofMillis(200))
                    .until(() -> pool.slot("a").orElseThrow().state() == SlotState.RUNNING);
            assertThat(parked.get().isValid()).isTrue();
            parked.get().close();
        }
    }

    private static void park(SessionLease lease, CompletableFuture<SessionLease> parked) {
        try {
            parked.complete(lease.park(SOMEBODY, Detector.PROBE, SOON));
        } catch (InterruptedException | RuntimeException e) {
            parked.completeExceptionally(e);
        }
    }

    private static SlotRequest request(String id, Duration timeout) {
        return SlotRequest.builder(id, OperationType.AGENT)
                .timeout(timeout)
                .profile(ProfileClaim.exclusive("shop"))
                .build();
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
