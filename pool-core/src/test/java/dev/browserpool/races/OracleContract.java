package dev.browserpool.races;

import dev.browserpool.PoolConfig;
import dev.browserpool.contract.ManualTime;
import dev.browserpool.spi.Backend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A ledger against a model that is too simple to be wrong. Every ledger runs it, with the same histories: so all of them decide
 * alike. For a longer run: {@code -Doracle.seeds=5000 -Doracle.steps=400}.
 */
public abstract class OracleContract {
    private static final int STEPS = Integer.getInteger("oracle.steps", 400);

    /** A store of its own, with as many members as are wanted. */
    public interface Store extends AutoCloseable {
        /** One more member. */
        Backend newMember();

        /** It is restarted, or passes for that: who was a member has to come back. */
        void restart(boolean withData);

        @Override
        void close();
    }

    /** A new store on manual time, whose members die after {@link dev.browserpool.contract.Cluster#MEMBER_TTL}. */
    protected abstract Store newStore(PoolConfig config, ManualTime time);

    /** How many histories an ordinary run tries. */
    protected abstract int histories();

    @ParameterizedTest(name = "seeds from {0}")
    @ValueSource(longs = {1, 1_000_000})
    void theLedgerDecidesAsTheSimplestModelOfTheSemantics(long firstSeed) {
        int seeds = Integer.getInteger("oracle.seeds", histories());
        for (long seed = firstSeed; seed < firstSeed + seeds / 2; seed++) {
            RandomHistory history = RandomHistory.of(seed, STEPS);
            try {
                history.run(this::newStore);
            } catch (AssertionError e) {
                throw shortened(seed, history, e);
            }
        }
    }

    private AssertionError shortened(long seed, RandomHistory history, AssertionError failure) {
        try {
            history.shortened(this::newStore).run(this::newStore);
            return new AssertionError("seed " + seed + " fails, its shortened history does not", failure);
        } catch (AssertionError e) {
            return new AssertionError("seed " + seed + ", shortened: " + e.getMessage(), e.getCause());
        }
    }
}
