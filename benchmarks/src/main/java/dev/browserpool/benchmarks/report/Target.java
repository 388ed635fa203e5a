package dev.browserpool.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * What a ratio of two figures of the same run should be.
 *
 * @param what in words
 * @param ratio what it is
 * @param bound what it should be, in words
 * @param isReached whether the median is that
 */
public record Target(String what, Spread ratio, String bound, boolean isReached) {
    /** The ratio should not be more. */
    public static Target atMost(String what, Spread ratio, double bound) {
        return new Target(what, ratio, "at most " + text(bound), ratio.median() <= bound);
    }

    /** The ratio should not be less. */
    public static Target atLeast(String what, Spread ratio, double bound) {
        return new Target(what, ratio, "at least " + text(bound), ratio.median() >= bound);
    }

    /** All of them, reached or not. */
    public static Table table(List<Target> targets) {
        List<List<String>> rows = targets.stream()
                .map(target -> List.of(
                        target.what(), target.bound(), target.ratio().toString(), target.isReached() ? "yes" : "no"))
                .toList();
        return new Table(List.of("to reach", "bound", "measured", "reached"), rows);
    }

    private static String text(double bound) {
        return String.format(Locale.ROOT, "%.4g", bound).replaceFirst("\\.?0+$", "");
    }
}
