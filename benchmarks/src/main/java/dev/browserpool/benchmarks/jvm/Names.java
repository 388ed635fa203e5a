package dev.browserpool.benchmarks.jvm;

import dev.browserpool.benchmarks.report.Figures;
import java.util.List;

/** How figures are called. */
final class Names {
    static final String ALONE = "1 thread";
    static final List<Integer> CONTENDED = List.of(2, 8, 64);
    static final String BYTES = "bytes a pair";
    static final String WAITER = "bytes a blocked waiter";
    static final String ASYNC_WAITER = "bytes a waiting future";
    static final List<Double> PERCENTILES = List.of(50.0, 99.0, 99.9);
    static final List<String> STEPS = List.of("submit", "cancel", "timeout", "page at a position", "status");

    private Names() {}

    static String threads(int threads) {
        return threads + " threads";
    }

    static String handOver(double percentile) {
        return "hand-over p" + (percentile == Math.rint(percentile) ? Integer.toString((int) percentile) : percentile);
    }

    static String of(String figure, Contender contender) {
        return contender.title() + ": " + figure;
    }

    static String step(String step, int waiters) {
        return step + " with " + waiters + " in line";
    }

    static boolean isKnown(Figures figures, String figure) {
        return figures.all().containsKey(figure);
    }
}
