package dev.browserpool.benchmarks.redis;

import dev.browserpool.benchmarks.report.Figures;
import dev.browserpool.benchmarks.report.Spread;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;

/**
 * What a ratio of two figures of the same run should be.
 *
 * @param what in words
 * @param ratio what it is
 * @param bound what it should be, in words
 * @param isReached whether the median is that
 */
record Target(String what, Spread ratio, String bound, boolean isReached) {

    static List<Target> of(Figures figures) {
        return List.of(
                atMost(
                        figures,
                        "hand-over p50, 2 waiters, over the semaphore's",
                        Names.P50_2,
                        Contender.PERMIT_SEMAPHORE,
                        0.5),
                atMost(
                        figures,
                        "hand-over p99, 2 waiters, over the semaphore's",
                        Names.P99_2,
                        Contender.PERMIT_SEMAPHORE,
                        0.5),
                atMost(
                        figures,
                        "hand-over p50, 100 waiters, over the semaphore's",
                        Names.P50_100,
                        Contender.PERMIT_SEMAPHORE,
                        0.5),
                atMost(
                        figures,
                        "hand-over p99, 100 waiters, over the semaphore's",
                        Names.P99_100,
                        Contender.PERMIT_SEMAPHORE,
                        0.5),
                floor(figures, "hand-over p50, 2 waiters, over the floor", Names.P50_2),
                floor(figures, "hand-over p50, 100 waiters, over the floor", Names.P50_100),
                atLeast(
                        figures,
                        "pairs a second, 1 thread, over the semaphore's",
                        Names.ALONE,
                        Contender.PERMIT_SEMAPHORE,
                        1.5),
                atLeast(
                        figures,
                        "pairs a second, 8 threads, over the semaphore's",
                        Names.CONTENDED,
                        Contender.PERMIT_SEMAPHORE,
                        1.5),
                atLeast(figures, "pairs a second, 1 thread, over the fair lock's", Names.ALONE, Contender.FAIR_LOCK, 3),
                atLeast(
                        figures,
                        "pairs a second, 8 threads, over the fair lock's",
                        Names.CONTENDED,
                        Contender.FAIR_LOCK,
                        3));
    }

    private static Target atMost(Figures figures, String what, String figure, Contender other, double bound) {
        Spread ratio = figures.ratio(Names.of(figure, Contender.BROWSER_POOL), Names.of(figure, other));
        return target(what, ratio, "at most ", bound, value -> value <= bound);
    }

    private static Target atLeast(Figures figures, String what, String figure, Contender other, double bound) {
        Spread ratio = figures.ratio(Names.of(figure, Contender.BROWSER_POOL), Names.of(figure, other));
        return target(what, ratio, "at least ", bound, value -> value >= bound);
    }

    private static Target floor(Figures figures, String what, String figure) {
        Spread ratio = figures.ratio(Names.of(figure, Contender.BROWSER_POOL), Names.FLOOR_P50);
        return target(what, ratio, "at most ", 2, value -> value <= 2);
    }

    private static Target target(String what, Spread ratio, String side, double bound, DoublePredicate reached) {
        String text = side + String.format(Locale.ROOT, "%.1f", bound);
        return new Target(what, ratio, text, reached.test(ratio.median()));
    }
}
