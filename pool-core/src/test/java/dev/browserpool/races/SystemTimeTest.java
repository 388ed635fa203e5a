package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.spi.PoolTime;
import dev.browserpool.spi.PoolTime.Driven;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread that drives the housekeeper: never too early, never asleep when somebody needs it. */
@Timeout(30)
class SystemTimeTest {
    private static final long NEVER = Long.MAX_VALUE;
    private final PoolTime time = PoolTime.system();

    @Test
    void aStepRunsAtItsTimeAndNotBefore() {
        List<Long> ran = new CopyOnWriteArrayList<>();
        try (Driven driven = time.drive("test", now -> {
            ran.add(now);
            return NEVER;
        })) {
            for (int i = 1; i <= 20; i++) {
                long at = time.nanos() + 2_000_000;
                driven.wakeAt(at);
                int count = i;
                await().pollInterval(Duration.ofNanos(100_000)).until(() -> ran.size() == count);
                assertThat(ran.get(i - 1)).isGreaterThanOrEqualTo(at);
            }
        }
    }

    @Test
    void anEarlierWishWinsOverALaterOne() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        try (Driven driven = time.drive("test", now -> {
            ran.countDown();
            return NEVER;
        })) {
            driven.wakeAt(time.nanos() + Duration.ofHours(1).toNanos());
            driven.wakeAt(time.nanos() + 1_000_000);
            driven.wakeAt(time.nanos() + Duration.ofHours(2).toNanos());
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aStepSaysWhenItWantsToRunAgain() {
        List<Long> ran = new CopyOnWriteArrayList<>();
        try (Driven driven = time.drive("test", now -> {
            ran.add(now);
            return ran.size() < 10 ? 1_000_000 : NEVER;
        })) {
            driven.wakeAt(time.nanos());
            await().pollInterval(Duration.ofMillis(1)).until(() -> ran.size() == 10);
            for (int i = 1; i < 10; i++) {
                assertThat(ran.get(i) - ran.get(i - 1)).isGreaterThanOrEqualTo(1_000_000);
            }
        }
    }

    /** Every wish must be followed by a run that starts after it, or what it is about would be overlooked. */
    @Test
    void noWishIsOverlookedHoweverManyComeAtOnce() {
        AtomicLong version = new AtomicLong();
        AtomicLong seen = new AtomicLong();
        SplittableRandom random = new SplittableRandom(11);
        try (Driven driven = time.drive("test", now -> {
            seen.set(version.get());
            return NEVER;
        })) {
            for (int i = 0; i < 20_000; i++) {
                long wanted = version.incrementAndGet();
                driven.wakeAt(time.nanos());
                Duel.spin(random.nextInt(100));
                if (i % 7 == 0) {
                    long patience = System.nanoTime() + 10_000_000_000L;
                    while (seen.get() < wanted) {
                        assertThat(System.nanoTime())
                                .as("wish " + i + " was overlooked")
                                .isLessThan(patience);
                        Thread.onSpinWait();
                    }
                }
            }
        }
    }

    @Test
    void aStepThatThrowsRunsAgainAfterASecond() {
        List<Long> ran = new CopyOnWriteArrayList<>();
        try (Logs logs = new Logs();
                Driven driven = time.drive("failing-step", now -> {
                    ran.add(now);
                    if (ran.size() == 1) {
                        throw new AssertionError("once");
                    }
                    return NEVER;
                })) {
            driven.wakeAt(time.nanos());
            await().until(() -> ran.size() == 2);
            assertThat(ran.get(1) - ran.get(0)).isGreaterThanOrEqualTo(1_000_000_000L);
            assertThat(logs.with("failing-step failed")).hasSize(1);
        }
    }

    @Test
    void anInterruptNeitherEndsTheThreadNorKeepsItBusy() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        AtomicInteger runs = new AtomicInteger();
        try (Driven driven = time.drive("test", now -> {
            thread.set(Thread.currentThread());
            runs.incrementAndGet();
            return NEVER;
        })) {
            driven.wakeAt(time.nanos());
            await().until(() -> thread.get() != null && thread.get().getState() == Thread.State.WAITING);
            thread.get().interrupt();
            await().until(() -> thread.get().getState() == Thread.State.WAITING
                    && !thread.get().isInterrupted());
            driven.wakeAt(time.nanos());
            await().until(() -> runs.get() == 2);
            assertThat(thread.get().isDaemon()).isTrue();
        }
        await().until(() -> !thread.get().isAlive());
    }
}
