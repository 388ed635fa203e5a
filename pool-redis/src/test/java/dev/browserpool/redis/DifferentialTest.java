package dev.browserpool.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two truths, one meaning: the ledger in Redis and the one in memory say and become the same in long random histories, in which
 * members die, leave and come back, and the store forgets. For a longer run: {@code -Dtwins.seeds=500 -Dtwins.steps=400}.
 */
class DifferentialTest {
    private static final int STEPS = Integer.getInteger("twins.steps", 250);
    private static final int SEEDS = Integer.getInteger("twins.seeds", 6);
    private static final long TIME_TO_SHORTEN = TimeUnit.SECONDS.toNanos(25);

    @ParameterizedTest(name = "seeds from {0}")
    @ValueSource(longs = {1, 1_000_000})
    void bothLedgersDecideAlike(long firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + SEEDS / 2; seed++) {
            List<Long> history = new SplittableRandom(seed).longs(STEPS).boxed().toList();
            try {
                run(history);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", shortened: " + shortened(history), e);
            }
        }
    }

    private static void run(List<Long> steps) {
        try (TwinSteps twins = new TwinSteps()) {
            for (long step : steps) {
                try {
                    twins.step(step);
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError(e + "\nafter\n" + String.join("\n", twins.history()), e);
                }
            }
        }
    }

    /** Drops steps for as long as it still fails, and the time is not over: first many at a time, then single ones. */
    private static String shortened(List<Long> history) {
        List<Long> shortest = history;
        String failure = "";
        long deadline = System.nanoTime() + TIME_TO_SHORTEN;
        for (int size = history.size() / 2; size > 0; ) {
            boolean dropped = false;
            for (int start = shortest.size() - size; start >= 0 && System.nanoTime() < deadline; start -= size) {
                List<Long> rest = new ArrayList<>(shortest);
                rest.subList(start, start + size).clear();
                try {
                    run(rest);
                } catch (AssertionError e) {
                    failure = String.valueOf(e.getMessage());
                    shortest = rest;
                    dropped = true;
                }
            }
            size = dropped ? Math.min(size, shortest.size()) : size / 2;
        }
        return failure;
    }
}
