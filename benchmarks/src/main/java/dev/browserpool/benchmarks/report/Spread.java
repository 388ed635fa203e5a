package dev.browserpool.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * Several measurements of the same.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param least the smallest
 * @param most the largest
 */
public record Spread(double median, double least, double most) {

    /** Of at least one value. */
    public static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** The same in a larger unit. */
    public Spread dividedBy(double by) {
        return new Spread(median / by, least / by, most / by);
    }

    /** As {@code 12 (11–15)}. */
    @Override
    public String toString() {
        return text(median) + " (" + text(least) + "–" + text(most) + ")";
    }

    private static String text(double value) {
        String form = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, form, value);
    }
}
