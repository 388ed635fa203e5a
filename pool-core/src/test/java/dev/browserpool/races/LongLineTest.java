package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotTimeoutException;
import dev.browserpool.contract.ManualTime;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.memory.MemoryStore;
import dev.browserpool.spi.BackendPools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** A line of a hundred thousand. */
@Timeout(120)
class LongLineTest {
    private static final int MANY = 100_000;
    private static final PoolConfig CONFIG = PoolConfig.ofSlots(4).toBuilder()
            .maxQueued(MANY + 10)
            .maxQueuedPerProfile(MANY + 10)
            .closeGrace(Duration.ZERO)
            .build();

    @Test
    void aHundredThousandDrainInTheOrderOfTheirArrival(TestReporter reporter) throws InterruptedException {
        AtomicLongArray tokens = new AtomicLongArray(MANY);
        CountDownLatch served = new CountDownLatch(MANY);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (BrowserPool pool = InMemoryBrowserPool.create(CONFIG)) {
            pool.operations().pause("until all are in line");
            long start = System.nanoTime();
            for (int i = 0; i < MANY; i++) {
                int index = i;
                var unused = pool.acquireAsync(Arena.request()).thenAccept(lease -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    tokens.set(index, lease.token());
                    inside.decrementAndGet();
                    lease.close();
                    served.countDown();
                });
            }
            long queued = System.nanoTime();
            assertThat(pool.status().load().waiting()).isEqualTo(MANY);
            pool.operations().resume();
            assertThat(served.await(60, TimeUnit.SECONDS)).isTrue();
            reporter.publishEntry("queued in", Duration.ofNanos(queued - start).toString());
            reporter.publishEntry(
                    "drained in", Duration.ofNanos(System.nanoTime() - queued).toString());
        }
        assertThat(most.get()).isLessThanOrEqualTo(4);
        for (int i = 1; i < MANY; i++) {
            assertThat(tokens.get(i)).as("token of number " + i).isGreaterThan(tokens.get(i - 1));
        }
    }

    @Test
    void enteringAndLeavingALongLineCostsAboutAsMuchAsAShortOne(TestReporter reporter) {
        double ratio = ratio(reporter, "enter and leave", (pool, claim) -> {
            SlotRequest request = request(claim).build();
            CompletableFuture<SlotLease> future = pool.acquireAsync(request);
            assertThat(future.cancel(true)).isTrue();
        });
        assertThat(ratio).isLessThan(50);
    }

    @Test
    void cancellingByIdInALongLineCostsAboutAsMuchAsInAShortOne(TestReporter reporter) {
        double ratio = ratio(reporter, "cancel", (pool, claim) -> {
            SlotRequest request = request(claim).build();
            var unused = pool.acquireAsync(request);
            assertThat(pool.cancel(request.requestId())).isTrue();
        });
        assertThat(ratio).isLessThan(50);
    }

    @Test
    void askingForAPositionInALongLineCostsAboutAsMuchAsInAShortOne(TestReporter reporter) {
        double ratio = ratio(
                reporter,
                "position",
                (pool, claim) ->
                        assertThat(pool.tryAcquire(request(claim).build())).isEmpty());
        assertThat(ratio).isLessThan(50);
    }

    @Test
    void aHundredThousandTimeOutAtOnceAndEachKnowsItsPlace() {
        ManualTime time = new ManualTime();
        try (BrowserPool pool =
                BackendPools.over(MemoryStore.create(CONFIG, time).member(), CONFIG, time)) {
            pool.operations().pause("until all have timed out");
            List<CompletableFuture<SlotLease>> futures = new ArrayList<>(MANY);
            for (int i = 0; i < MANY; i++) {
                futures.add(pool.acquireAsync(Arena.request(Duration.ofSeconds(10))));
            }
            time.advance(Duration.ofSeconds(10));
            for (CompletableFuture<SlotLease> future : futures) {
                Throwable failure = Duel.answer(future.handle((lease, thrown) -> thrown));
                assertThat(failure)
                        .isInstanceOfSatisfying(
                                SlotTimeoutException.class,
                                late -> assertThat(late.position()).isPositive());
            }
            assertThat(pool.status().load().waiting()).isZero();
        }
    }

    private interface Work {
        void on(BrowserPool pool, boolean claim);
    }

    private static SlotRequest.Builder request(boolean claim) {
        SlotRequest.Builder request = SlotRequest.builder(OperationType.TEST_RUN);
        return claim ? request.profile(ProfileClaim.exclusive("busy")) : request;
    }

    /** How much longer it takes, in the median, with a hundred thousand in line than with ten. Linear work would be 10,000. */
    private static double ratio(TestReporter reporter, String what, Work work) {
        long few = median(10, work);
        long many = median(MANY, work);
        reporter.publishEntry(what, few + " ns with 10, " + many + " ns with " + MANY);
        return (double) many / few;
    }

    private static long median(int waiting, Work work) {
        ManualTime time = new ManualTime();
        try (BrowserPool pool =
                BackendPools.over(MemoryStore.create(CONFIG, time).member(), CONFIG, time)) {
            pool.operations().pause("so that everybody waits");
            for (int i = 0; i < waiting; i++) {
                var unused = pool.acquireAsync(request(i % 2 == 0).build());
            }
            long[] times = new long[3_000];
            for (int i = 0; i < times.length; i++) {
                long start = System.nanoTime();
                work.on(pool, i % 2 == 0);
                times[i] = System.nanoTime() - start;
            }
            Arrays.sort(times, 0, times.length);
            return times[times.length / 2];
        }
    }
}
