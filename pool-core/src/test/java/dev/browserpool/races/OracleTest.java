package dev.browserpool.races;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger in memory against a model that is too simple to be wrong. */
class OracleTest {
    private static final int SEEDS = 200;
    private static final int STEPS = 400;

    @ParameterizedTest(name = "seeds from {0}")
    @ValueSource(longs = {1, 1_000_000})
    void theLedgerDecidesAsTheSimplestModelOfTheSemantics(long firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + SEEDS / 2; seed++) {
            try {
                new RandomHistory(seed).run(STEPS);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
