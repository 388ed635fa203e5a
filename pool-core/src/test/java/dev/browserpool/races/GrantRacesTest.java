package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.RequestCancelledException;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotTimeoutException;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * A slot is given to somebody in line at the very moment at which he gives up. Behind him stands another one: whichever way the
 * race ends, one of them has the slot.
 */
class GrantRacesTest {
    private static final int RACES = 10_000;
    private static final int BATCH = 500;
    private static final int SLOTS = 2;
    private static final long SEED = 20_240_229;

    private final BrowserPool pool = InMemoryBrowserPool.create(
            PoolConfig.ofSlots(SLOTS).toBuilder().name("races").build());
    private final Arena arena = new Arena(pool, SLOTS);
    private final Duel duel = new Duel(SEED);
    private final Logs logs = new Logs();
    private int granted;
    private int gaveUp;

    @BeforeEach
    void printTheSeed(TestReporter reporter) {
        reporter.publishEntry("seed", String.valueOf(SEED));
    }

    @AfterEach
    void close() {
        duel.close();
        pool.close();
        logs.close();
    }

    @Test
    void aGrantAgainstATimeoutLosesNothing() {
        races(() -> raceForOne(Arena.request(aboutAsLongAsARace()), contested -> () -> {}));
    }

    private Duration aboutAsLongAsARace() {
        return Duration.ofNanos(10_000 + duel.random().nextInt(150_000));
    }

    @Test
    void aGrantAgainstACancellationLosesNothing() {
        races(() -> {
            SlotRequest request = Arena.request();
            raceForOne(request, contested -> () -> pool.cancel(request.requestId()));
        });
    }

    @Test
    void aGrantAgainstForeignCompletionOfTheFutureLosesNothing() {
        races(() -> {
            int how = duel.random().nextInt(4);
            raceForOne(Arena.request(), contested -> () -> completeInAnotherWay(contested, how));
        });
        assertThat(pool.status().counts().leaked())
                .as("declined is not forgotten")
                .isZero();
    }

    private static void completeInAnotherWay(CompletableFuture<SlotLease> future, int how) {
        switch (how) {
            case 0 -> future.cancel(true);
            case 1 -> future.complete(null);
            case 2 -> future.completeExceptionally(new CancellationException("somebody else"));
            default -> future.orTimeout(1 + how, TimeUnit.MICROSECONDS);
        }
    }

    @Test
    void aGrantAgainstAnInterruptLosesNothing() {
        Thread me = Thread.currentThread();
        races(() -> {
            List<SlotLease> held = arena.takeAll();
            CompletableFuture<SlotLease> behind = new CompletableFuture<>();
            duel.start(
                    () -> me.getState() == Thread.State.WAITING,
                    () -> {
                        var unused = pool.acquireAsync(Arena.request())
                                .thenApply(arena::enter)
                                .whenComplete((lease, failure) -> behind.complete(lease));
                        arena.leave(held.get(0));
                    },
                    me::interrupt);
            try (SlotLease lease = pool.acquire(Arena.request())) {
                arena.leave(arena.enter(lease));
                granted++;
            } catch (InterruptedException e) {
                gaveUp++;
            }
            duel.finish();
            boolean unused = Thread.interrupted(); // it may have come too late
            arena.leave(Duel.answer(behind));
            arena.leave(held.get(1));
        });
    }

    /** All slots are taken. One is given back at the moment at which the contested request gives up. */
    private void raceForOne(SlotRequest request, Function<CompletableFuture<SlotLease>, Runnable> givesUp) {
        List<SlotLease> held = arena.takeAll();
        CompletableFuture<SlotLease> contested = pool.acquireAsync(request);
        CompletableFuture<SlotLease> behind = pool.acquireAsync(Arena.request()).thenApply(arena::enter);
        duel.fight(() -> arena.leave(held.get(0)), givesUp.apply(contested));
        leaseOf(contested)
                .ifPresentOrElse(
                        lease -> {
                            granted++;
                            arena.leave(arena.enter(lease));
                        },
                        () -> gaveUp++);
        arena.leave(Duel.answer(behind));
        arena.leave(held.get(1));
    }

    private Optional<SlotLease> leaseOf(CompletableFuture<SlotLease> contested) {
        try {
            return Optional.ofNullable(contested.get(20, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            assertThat(e.getCause())
                    .isInstanceOfAny(
                            SlotTimeoutException.class,
                            RequestCancelledException.class,
                            CancellationException.class,
                            TimeoutException.class);
            return Optional.empty();
        } catch (CancellationException e) {
            return Optional.empty();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer: " + pool.status(), e);
        }
    }

    private void races(Runnable race) {
        for (int i = 1; i <= RACES; i++) {
            race.run();
            if (i % BATCH == 0) {
                arena.isAsBefore("after " + i + " races with seed " + SEED);
            }
        }
        assertThat(granted + gaveUp).isEqualTo(RACES);
        assertThat(granted).as("races won by the grant").isPositive();
        assertThat(gaveUp).as("races won by the one who gave up").isPositive();
    }
}
