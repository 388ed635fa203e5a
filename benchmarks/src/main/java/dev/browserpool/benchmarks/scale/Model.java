package dev.browserpool.benchmarks.scale;

import dev.browserpool.benchmarks.scale.StepPrices.Prices;
import dev.browserpool.benchmarks.scale.StepPrices.Step;
import java.util.List;

/**
 * What a load costs the server on paper: so many steps of each kind a second, times the price of each.
 *
 * @param prices with how many members and waiters they were measured
 */
record Model(Prices prices) {
    /** Beyond that a queue at one processor grows faster than the load. */
    private static final double BUSY_ENOUGH = 0.7;

    private static final double MEMBER_TTL_SECONDS = 45;

    /**
     * A load.
     *
     * @param what in words
     * @param waiting members with somebody in line
     * @param idle members with nobody in line, whatever they hold
     * @param pollSeconds the poll interval
     * @param grants hand-overs a second
     * @param statusPages looks at the status a second
     */
    record Load(String what, int waiting, int idle, double pollSeconds, double grants, double statusPages) {
        /** One for each poll interval while somebody waits; else three in a member's time to live. */
        double signsOfLife() {
            return waiting / Math.min(pollSeconds, MEMBER_TTL_SECONDS / 3) + idle / (MEMBER_TTL_SECONDS / 3);
        }

        double calls() {
            return 2 * grants + signsOfLife() + statusPages;
        }
    }

    /** The loads of the paper. */
    static List<Load> loads() {
        return List.of(
                new Load("50 members wait", 50, 0, 1, 1_000, 0),
                new Load("1,000 members have nobody in line", 0, 1_000, 1, 10, 0),
                new Load("1,000 members wait", 1_000, 0, 1, 10, 0),
                new Load("10,000 members have nobody in line", 0, 10_000, 1, 100, 0),
                new Load("10,000 members wait", 10_000, 0, 1, 100, 0),
                new Load("the same, `pollInterval` 5 s", 10_000, 0, 5, 100, 0),
                new Load("the same, `pollInterval` 15 s", 10_000, 0, 15, 100, 0),
                new Load("the same, and a status page a second", 10_000, 0, 15, 100, 1),
                new Load("10,000 members, each read for metrics every 15 s", 0, 10_000, 1, 100, 10_000 / 15.0));
    }

    /** Of one processor. */
    double share(Load load) {
        double micros = load.grants() * aGrant() + signsOfLife(load) + load.statusPages() * cpu(Step.STATUS);
        return micros / 1e6;
    }

    private double signsOfLife(Load load) {
        Step step = load.waiting() > 0 ? Step.BEAT : Step.BEAT_IDLE;
        return load.signsOfLife() * cpu(step);
    }

    /** Microseconds of a hand-over: somebody comes, and somebody goes. */
    double aGrant() {
        return cpu(Step.SUBMIT) + cpu(Step.RELEASE);
    }

    /** How many hand-overs a second fill the processor as far as it should be, beside the signs of life; zero if there is no room. */
    double grantsBesides(Load load) {
        double rest = BUSY_ENOUGH * 1e6 - signsOfLife(load) - load.statusPages() * cpu(Step.STATUS);
        return Math.max(0, rest / aGrant());
    }

    private double cpu(Step step) {
        StepPrices.Price price = prices.of().get(step);
        if (price == null) {
            throw new IllegalArgumentException("no price of " + step);
        }
        return price.cpu();
    }
}
