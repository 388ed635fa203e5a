package dev.browserpool.benchmarks.redis;

import dev.browserpool.benchmarks.report.Figures;
import dev.browserpool.benchmarks.report.Spread;
import dev.browserpool.benchmarks.report.Target;
import java.util.List;

/** What the ratios should be. */
final class Targets {
    private final Figures figures;

    private Targets(Figures figures) {
        this.figures = figures;
    }

    static List<Target> of(Figures figures) {
        return new Targets(figures).all();
    }

    private List<Target> all() {
        return List.of(
                handOver("hand-over p50, 2 waiters", Names.P50_2),
                handOver("hand-over p99, 2 waiters", Names.P99_2),
                handOver("hand-over p50, 100 waiters", Names.P50_100),
                handOver("hand-over p99, 100 waiters", Names.P99_100),
                floor("hand-over p50, 2 waiters", Names.P50_2),
                floor("hand-over p50, 100 waiters", Names.P50_100),
                pairs("semaphore's", Names.ALONE, Contender.PERMIT_SEMAPHORE, 1.5),
                pairs("semaphore's", Names.CONTENDED, Contender.PERMIT_SEMAPHORE, 1.5),
                pairs("fair lock's", Names.ALONE, Contender.FAIR_LOCK, 3),
                pairs("fair lock's", Names.CONTENDED, Contender.FAIR_LOCK, 3));
    }

    private Target handOver(String what, String figure) {
        return Target.atMost(what + ", over the semaphore's", beside(figure, Contender.PERMIT_SEMAPHORE), 0.5);
    }

    private Target floor(String what, String figure) {
        String ours = Names.of(figure, Contender.BROWSER_POOL);
        return Target.atMost(what + ", over the floor", figures.ratio(ours, Names.FLOOR_P50), 2);
    }

    private Target pairs(String whose, String figure, Contender other, double bound) {
        return Target.atLeast(figure + ", over the " + whose, beside(figure, other), bound);
    }

    private Spread beside(String figure, Contender other) {
        return figures.ratio(Names.of(figure, Contender.BROWSER_POOL), Names.of(figure, other));
    }
}
