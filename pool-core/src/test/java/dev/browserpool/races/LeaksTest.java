package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import dev.browserpool.BrowserPool;
import dev.browserpool.LeakStacks;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.PoolEvent;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileRecord;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.memory.MemoryStore;
import dev.browserpool.spi.BackendPools;
import dev.browserpool.spi.PoolTime;
import dev.browserpool.spi.ProfileEnd;
import dev.browserpool.spi.SessionLease;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Leases that nobody closes, and leases that somebody does close at the moment at which nobody needs them any more. */
@Timeout(60)
class LeaksTest {
    private static final PoolConfig CONFIG = PoolConfig.ofSlots(2).toBuilder()
            .name("leaky")
            .leakStacks(LeakStacks.ALWAYS)
            .pollInterval(Duration.ofMillis(20))
            .closeGrace(Duration.ZERO)
            .build();

    private final Logs logs = new Logs();
    private final List<PoolEvent> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        logs.close();
    }

    private static void acquireAndForget(BrowserPool pool, String id) {
        assertThat(pool.tryAcquire(SlotRequest.of(id, OperationType.AGENT))).isPresent();
    }

    private static void collectUntilAvailable(BrowserPool pool) {
        await().pollInterval(Duration.ofMillis(10)).until(() -> {
            System.gc();
            return pool.status().available() == 2;
        });
    }

    private List<ILoggingEvent> reports() {
        return logs.with("garbage-collected without having been closed");
    }

    private static List<String> methodsOf(ILoggingEvent report) {
        return Arrays.stream(report.getThrowableProxy().getStackTraceElementProxyArray())
                .map(StackTraceElementProxy::getStackTraceElement)
                .map(StackTraceElement::getMethodName)
                .toList();
    }

    @Test
    void aForgottenLeaseIsReclaimedAndExplainedOnceWithTheStackThatAcquiredIt() {
        try (BrowserPool pool = InMemoryBrowserPool.create(CONFIG)) {
            pool.addListener(events::add);
            acquireAndForget(pool, "forgotten");
            collectUntilAvailable(pool);

            assertThat(pool.slot("forgotten")).get().extracting("state").isEqualTo(SlotState.LOST);
            assertThat(pool.status().counts().leaked()).isEqualTo(1);
            await().until(() -> events.stream().anyMatch(PoolEvent.Leaked.class::isInstance));
            assertThat(methodsOf(reports().get(0))).contains("acquireAndForget");
            assertThat(reports().get(0).getFormattedMessage())
                    .contains("forgotten")
                    .contains("try (SlotLease lease = pool.acquire(…)) { … }");
        }
        assertThat(reports()).hasSize(1);
        assertThat(logs.with("still open")).isEmpty();
    }

    @Test
    void afterTheFirstLeakEveryLeaseKeepsItsStack() {
        PoolConfig sampled = CONFIG.toBuilder().leakStacks(LeakStacks.SAMPLED).build();
        try (BrowserPool pool = InMemoryBrowserPool.create(sampled)) {
            acquireAndForget(pool, "first");
            collectUntilAvailable(pool);
            for (int i = 0; i < 5; i++) {
                logs.forget();
                acquireAndForget(pool, "later-" + i);
                collectUntilAvailable(pool);
                assertThat(reports()).hasSize(1);
                assertThat(methodsOf(reports().get(0))).contains("acquireAndForget");
            }
        }
    }

    @Test
    void aLeaseThatIsCapturedByItsOwnListenerIsFound() {
        try (BrowserPool pool = InMemoryBrowserPool.create(CONFIG)) {
            acquireForgetAndListen(pool);
            collectUntilAvailable(pool);
            assertThat(reports()).hasSize(1);
        }
    }

    private static void acquireForgetAndListen(BrowserPool pool) {
        SlotLease lease = pool.tryAcquire(Arena.request()).orElseThrow();
        lease.onLost(loss -> lease.close());
    }

    @Test
    void theLeaseOfAForgottenFutureIsFoundWhenItComes() {
        try (BrowserPool pool = InMemoryBrowserPool.create(CONFIG)) {
            SlotLease first = pool.tryAcquire(Arena.request()).orElseThrow();
            SlotLease second = pool.tryAcquire(Arena.request()).orElseThrow();
            var unused = pool.acquireAsync(SlotRequest.of("future", OperationType.AGENT));
            unused = null;
            System.gc();
            assertThat(pool.status().load().waiting()).isEqualTo(1);
            first.close();
            second.close();
            collectUntilAvailable(pool);
            assertThat(reports()).hasSize(1);
        }
    }

    @Test
    void theBrowserOfAForgottenLeaseIsStoppedBeforeTheSlotPassesOnEvenIfThatFails() {
        try (BrowserPool pool = InMemoryBrowserPool.create(CONFIG)) {
            List<Integer> freeWhenStopped = new CopyOnWriteArrayList<>();
            forgetWithBrowser(pool, () -> {
                freeWhenStopped.add(pool.status().available());
                throw new AssertionError("the browser does not want to stop");
            });
            collectUntilAvailable(pool);
            assertThat(freeWhenStopped).containsExactly(1);
            assertThat(logs.with("could not be stopped")).hasSize(1);
        }
    }

    private static void forgetWithBrowser(BrowserPool pool, Supplier<ProfileEnd> stopBrowser) {
        SessionLease.of(pool.tryAcquire(Arena.request()).orElseThrow()).onForgotten(stopBrowser);
    }

    @Test
    void aForgottenLeaseWhoseBrowserCouldNotBeStoppedLeavesItsProfileStale() {
        try (BrowserPool pool = InMemoryBrowserPool.create(CONFIG)) {
            forgetOnProfile(pool, () -> {
                throw new IllegalStateException("it does not want to stop");
            });
            collectUntilAvailable(pool);

            assertThat(pool.profiles().view("shop").status()).contains(ProfileStatus.FAILED);
        }
    }

    @Test
    void whatIsSaidOfAForgottenBrowserIsOnRecordWithItsProfileBesideWhatWasSaidBefore() {
        try (BrowserPool pool = InMemoryBrowserPool.create(CONFIG)) {
            forgetOnProfile(
                    pool,
                    () -> new ProfileEnd(
                            ProfileEnd.Condition.UNCLEAN,
                            "it was killed",
                            new ProfileLock.Progress(Optional.empty(), Optional.of("/evidence/7"))));
            collectUntilAvailable(pool);

            ProfileRecord record = pool.profiles().history("shop", 1).get(0);
            assertThat(record.ownership().orElseThrow().lock().progress())
                    .isEqualTo(new ProfileLock.Progress(Optional.of("paid"), Optional.of("/evidence/7")));
            assertThat(pool.profiles().view("shop").status()).contains(ProfileStatus.FAILED);
        }
    }

    @Test
    void theProfileOfAForgottenLeaseWhoseBrowserEndedByItselfIsFree() {
        try (BrowserPool pool = InMemoryBrowserPool.create(CONFIG)) {
            forgetOnProfile(pool, () -> ProfileEnd.CLEAN);
            collectUntilAvailable(pool);

            assertThat(pool.profiles().view("shop").status()).isEmpty();
        }
    }

    private static void forgetOnProfile(BrowserPool pool, Supplier<ProfileEnd> stopBrowser) {
        SlotRequest request = SlotRequest.builder(OperationType.AGENT)
                .profile(ProfileClaim.exclusive("shop"))
                .build();
        SessionLease lease = SessionLease.of(pool.tryAcquire(request).orElseThrow());
        lease.checkpoint("paid");
        lease.onForgotten(stopBrowser);
    }

    @Test
    void whatIsOpenWhenThePoolClosesIsExplainedOnceAlsoIfItIsForgottenMeanwhile() {
        BrowserPool pool = InMemoryBrowserPool.create(
                CONFIG.toBuilder().stopGrace(Duration.ofMillis(500)).build());
        acquireAndForget(pool, "open");
        SlotLease other =
                pool.tryAcquire(SlotRequest.of("other", OperationType.AGENT)).orElseThrow();
        other.onLost(loss -> {
            for (int i = 0; i < 20; i++) {
                System.gc();
            }
        });
        pool.close();
        assertThat(logs.with("the lease of request open")).hasSize(1);
        assertThat(logs.with("the lease of request other")).hasSize(1);
        assertThat(pool.status().counts().leaked()).isEqualTo(2);
        other.close();
    }

    @Test
    void closingIsNeverReportedHoweverOftenTheCollectorRuns() {
        AtomicBoolean over = new AtomicBoolean();
        Thread collector = new Thread(() -> {
            while (!over.get()) {
                System.gc();
            }
        });
        collector.setDaemon(true);
        collector.start();
        PoolConfig often = CONFIG.toBuilder()
                .maxBrowsers(1_000)
                .pollInterval(Duration.ofNanos(100_000))
                .build();
        try (BrowserPool pool = InMemoryBrowserPool.create(often)) {
            for (int i = 0; i < 1_500; i++) {
                pool.tryAcquire(Arena.request()).orElseThrow().close();
                if (i % 10 == 0) {
                    var cancelled = pool.acquireAsync(Arena.request());
                    if (!cancelled.cancel(true)) {
                        cancelled.join().close();
                    }
                }
            }
            await().until(() -> pool.status().available() == 1_000);
            assertThat(pool.status().counts().leaked()).isZero();
        } finally {
            over.set(true);
        }
        assertThat(reports()).isEmpty();
    }

    @Test
    void nothingIsKeptOfRequestsThatHaveEndedWhoeverHoldsTheNextLeaseBeforeHeClosesTheLast() {
        PoolConfig forgetful = CONFIG.toBuilder().historySize(0).build();
        PoolTime time = PoolTime.system();
        try (BrowserPool pool =
                BackendPools.over(MemoryStore.create(forgetful, time).member(), forgetful, time)) {
            List<WeakReference<SlotRequest>> requests = new ArrayList<>();
            SlotLease last = handOverHand(pool, requests, 200);
            await().pollInterval(Duration.ofMillis(10)).until(() -> {
                System.gc();
                return requests.stream().filter(r -> r.get() != null).count() <= 16;
            });
            last.close();
        }
    }

    private static SlotLease handOverHand(BrowserPool pool, List<WeakReference<SlotRequest>> requests, int times) {
        SlotLease last = pool.tryAcquire(Arena.request()).orElseThrow();
        for (int i = 0; i < times; i++) {
            SlotRequest request = Arena.request();
            requests.add(new WeakReference<>(request));
            SlotLease next = pool.tryAcquire(request).orElseThrow();
            last.close();
            last = next;
        }
        return last;
    }
}
