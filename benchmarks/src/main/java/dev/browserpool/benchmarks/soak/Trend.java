package dev.browserpool.benchmarks.soak;

import dev.browserpool.benchmarks.report.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * The line through points that few of them can't bend: its slope is the median of the slopes between all pairs (Theil and Sen), so
 * that nearly a third of the points may be anything.
 *
 * @param slope by how much y grows with each x
 * @param median of the values
 * @param over from the first x to the last
 */
record Trend(double slope, double median, double over) {

    /** Of the points after a warm-up. */
    static Trend of(List<Point> points, double warmUp) {
        List<Point> settled =
                points.stream().filter(point -> point.x() >= warmUp).toList();
        if (settled.size() < 3) {
            throw new IllegalArgumentException(settled.size() + " points say nothing of a trend");
        }
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < settled.size(); i++) {
            for (int j = i + 1; j < settled.size(); j++) {
                Point one = settled.get(i);
                Point other = settled.get(j);
                if (other.x() > one.x()) {
                    slopes.add((other.y() - one.y()) / (other.x() - one.x()));
                }
            }
        }
        return new Trend(
                median(slopes),
                median(settled.stream().map(Point::y).toList()),
                settled.get(settled.size() - 1).x() - settled.get(0).x());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** By how much it grew from the first to the last. */
    double growth() {
        return slope * over;
    }

    boolean isFlat(Watched what) {
        return growth() <= what.allowed(median);
    }
}
