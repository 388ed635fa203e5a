package dev.browserpool.races;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Two threads that start two actions at the same moment, each after a tiny random delay. */
final class Duel implements AutoCloseable {
    private static final int LONGEST_SPIN = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ExecutorService hands = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "duellist");
        thread.setDaemon(true);
        return thread;
    });
    private final SplittableRandom random;
    private List<Future<?>> running = List.of();

    Duel(long seed) {
        this.random = new SplittableRandom(seed);
    }

    SplittableRandom random() {
        return random;
    }

    /** Starts both once each of them finds things ready; call {@link #finish} before the next start. */
    void start(BooleanSupplier readyToFight, Runnable one, Runnable other) {
        AtomicInteger ready = new AtomicInteger();
        int spins = random.nextInt(LONGEST_SPIN);
        boolean oneWaits = random.nextBoolean();
        running = List.of(
                hands.submit(() -> meet(readyToFight, ready, oneWaits ? spins : 0, one)),
                hands.submit(() -> meet(readyToFight, ready, oneWaits ? 0 : spins, other)));
    }

    @SuppressWarnings("ThreadPriorityCheck") // the one who waits must not keep the other one from a processor
    private static void meet(BooleanSupplier readyToFight, AtomicInteger ready, int spins, Runnable action) {
        while (!readyToFight.getAsBoolean()) {
            Thread.yield();
        }
        ready.incrementAndGet();
        while (ready.get() < 2) {
            Thread.yield();
        }
        spin(spins);
        action.run();
    }

    static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    /** Waits for both, and throws what either threw. An interrupt that was part of the duel is forgotten. */
    void finish() {
        for (Future<?> one : running) {
            boolean unused = Thread.interrupted();
            try {
                one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException partOfTheDuel) {
                answer(one);
            } catch (ExecutionException | TimeoutException e) {
                throw new AssertionError("a duellist failed", e);
            }
        }
    }

    void fight(Runnable one, Runnable other) {
        start(() -> true, one, other);
        finish();
    }

    /** What became of something that must become something soon. */
    static <T> T answer(Future<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("nobody answered within " + PATIENCE, e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        hands.shutdownNow();
    }
}
