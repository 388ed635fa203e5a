package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where calls run. */
class CallThreadsTest {
    private final CallThreads threads = new CallThreads("calls", 1);
    private final CompletableFuture<Thread> ran = new CompletableFuture<>();

    @AfterEach
    void close() {
        threads.close();
    }

    private Thread whereItRan() throws Exception {
        return ran.get(10, TimeUnit.SECONDS);
    }

    @Test
    void whoeverWaitsRunsHisCallHimselfWithoutBeingInterruptedAndIsAfterwards() throws Exception {
        Thread.currentThread().interrupt();
        CompletableFuture<Boolean> wasInterrupted = new CompletableFuture<>();
        threads.executeForWaiter(() -> {
            ran.complete(Thread.currentThread());
            wasInterrupted.complete(Thread.currentThread().isInterrupted());
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(whereItRan()).isSameAs(Thread.currentThread());
        assertThat(wasInterrupted.get()).isFalse();
    }

    @Test
    void thereAreNeverMoreCallsThanThreads() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        threads.execute(() -> {
            begun.countDown();
            boolean unused = await(end);
        });
        begun.await();

        threads.executeForWaiter(() -> ran.complete(Thread.currentThread()));
        assertThat(ran).isNotDone();
        end.countDown();

        assertThat(whereItRan().getName()).startsWith("browser-pool-calls-redis-");
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCallThatFailsThrowsNothingAtWhoeverWaitsAndLeavesItsPlace() throws Exception {
        threads.executeForWaiter(() -> {
            throw new IllegalStateException("a fault");
        });
        threads.executeForWaiter(() -> ran.complete(Thread.currentThread()));

        assertThat(whereItRan()).isSameAs(Thread.currentThread());
    }

    @Test
    void afterTheEndNobodyRunsACall() {
        threads.close();

        assertThatThrownBy(() -> threads.executeForWaiter(() -> ran.complete(Thread.currentThread())))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(ran).isNotDone();
    }

    @Test
    void aVirtualThreadNeverTouchesASocket() throws Exception {
        Optional<Method> start = Arrays.stream(Thread.class.getMethods())
                .filter(method -> method.getName().equals("startVirtualThread"))
                .findFirst();
        assumeTrue(start.isPresent(), "a Java without virtual threads");
        Runnable work = () -> threads.executeForWaiter(() -> ran.complete(Thread.currentThread()));

        Object unused = start.orElseThrow().invoke(null, work);

        assertThat(whereItRan().getName()).startsWith("browser-pool-calls-redis-");
    }
}
