package dev.browserpool.races;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger in memory against a model that is too simple to be wrong. For a longer run: {@code -Doracle.seeds=5000}. */
class OracleTest {
    private static final int SEEDS = Integer.getInteger("oracle.seeds", 120);
    private static final int STEPS = Integer.getInteger("oracle.steps", 400);

    @ParameterizedTest(name = "seeds from {0}")
    @ValueSource(longs = {1, 1_000_000})
    void theLedgerDecidesAsTheSimplestModelOfTheSemantics(long firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + SEEDS / 2; seed++) {
            RandomHistory history = RandomHistory.of(seed, STEPS);
            try {
                history.run();
            } catch (AssertionError e) {
                throw shortened(seed, history);
            }
        }
    }

    private static AssertionError shortened(long seed, RandomHistory history) {
        try {
            history.shortened().run();
            return new AssertionError("seed " + seed + " fails, its shortened history does not");
        } catch (AssertionError e) {
            return new AssertionError("seed " + seed + ", shortened: " + e.getMessage(), e.getCause());
        }
    }
}
