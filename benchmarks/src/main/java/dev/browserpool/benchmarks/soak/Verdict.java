package dev.browserpool.benchmarks.soak;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a soak.
 *
 * @param trends of what was watched, after the warm-up
 * @param complaints why it has failed; empty if it has not
 */
record Verdict(String title, Samples samples, Map<Watched, Trend> trends, Tally tally, List<String> complaints) {
    private static final double WARM_UP = 0.3;

    static Verdict of(String title, Samples samples, Tally tally, List<String> left) {
        Map<Watched, Trend> trends = new EnumMap<>(Watched.class);
        List<String> complaints = new ArrayList<>();
        double warmUp = WARM_UP * samples.seconds();
        samples.all().forEach((what, points) -> {
            Trend trend = Trend.of(points, warmUp);
            trends.put(what, trend);
            if (!trend.isFlat(what)) {
                complaints.add(String.format(
                        "%s: %s grew by %.1f in %.0f s", title, what.title, trend.growth(), trend.over()));
            }
        });
        left.forEach(what -> complaints.add(title + ": " + what));
        tally.surprises().forEach(what -> complaints.add(title + ": " + what));
        return new Verdict(title, samples, trends, tally, complaints);
    }
}
