package dev.browserpool.races;

import dev.browserpool.PoolConfig;
import dev.browserpool.contract.ManualTime;
import dev.browserpool.races.OracleContract.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * The same random steps for a ledger and for the oracle. A history is a list of numbers, one for each step; since every step
 * makes do with whatever state it finds, a history from which steps were dropped is one, too: so one that fails can be shortened.
 *
 * @param crowd how many profiles and tasks there are to choose from: with few there is a lot of dispute
 */
record RandomHistory(int crowd, List<Long> steps) {
    private static final long TIME_TO_SHORTEN = TimeUnit.SECONDS.toNanos(60);
    static final List<String> PROFILES = List.of("p0", "p1", "p2");

    static RandomHistory of(long seed, int length) {
        return new RandomHistory(
                (int) (seed % 3),
                new SplittableRandom(seed).longs(length).boxed().toList());
    }

    /** Runs it to the end, or to the first step after which the two differ. */
    void run(BiFunction<PoolConfig, ManualTime, Store> stores) {
        try (Twin twin = new Twin(1 + crowd, 2 + crowd, stores)) {
            for (long step : steps) {
                try {
                    run(twin, new SplittableRandom(step));
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError(e + "\nafter\n" + String.join("\n", twin.steps()), e);
                }
            }
        }
    }

    private static void run(Twin twin, SplittableRandom random) {
        int dice = random.nextInt(100);
        if (dice < 32) {
            new RequestSteps(twin, random).submit();
        } else if (dice < 46) {
            new LeaseSteps(twin, random).release();
        } else if (dice < 57) {
            new LeaseSteps(twin, random).change();
        } else if (dice < 63) {
            new RequestSteps(twin, random).withdraw();
        } else if (dice < 66) {
            new RequestSteps(twin, random).again();
        } else if (dice < 73) {
            new RequestSteps(twin, random).stop();
        } else if (dice < 76) {
            new LoadTestSteps(twin, random).step();
        } else if (dice < 79) {
            new PeopleSteps(twin, random).operate();
        } else if (dice < 82) {
            new PeopleSteps(twin, random).rule();
        } else if (dice < 89) {
            new PeopleSteps(twin, random).person();
        } else if (dice < 97) {
            new RequestSteps(twin, random).advance();
        } else {
            new MemberSteps(twin, random).comeOrGo();
        }
    }

    /** Drops steps for as long as it still fails, and the time is not over: first many at a time, then single ones. */
    RandomHistory shortened(BiFunction<PoolConfig, ManualTime, Store> stores) {
        RandomHistory shortest = this;
        long deadline = System.nanoTime() + TIME_TO_SHORTEN;
        for (int size = steps.size() / 2; size > 0; ) {
            boolean dropped = false;
            for (int start = shortest.steps.size() - size; start >= 0 && System.nanoTime() < deadline; start -= size) {
                List<Long> rest = new ArrayList<>(shortest.steps);
                rest.subList(start, start + size).clear();
                RandomHistory shorter = new RandomHistory(crowd, rest);
                if (shorter.fails(stores)) {
                    shortest = shorter;
                    dropped = true;
                }
            }
            size = dropped ? Math.min(size, shortest.steps.size()) : size / 2;
        }
        return shortest;
    }

    private boolean fails(BiFunction<PoolConfig, ManualTime, Store> stores) {
        try {
            run(stores);
            return false;
        } catch (AssertionError e) {
            return true;
        }
    }
}
