package dev.browserpool.redis.processes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** How many leases there were at once. */
final class Intervals {
    private Intervals() {}

    /**
     * The largest number.
     *
     * @param at when it was first reached
     */
    record Most(int count, long at) {}

    private record Step(long at, int by) {}

    /** An end comes before a beginning at the same time. */
    static Most most(List<Tenure> tenures, ToLongFunction<Tenure> until) {
        List<Step> steps = new ArrayList<>();
        for (Tenure tenure : tenures) {
            if (tenure.wasGranted() && until.applyAsLong(tenure) > tenure.granted()) {
                steps.add(new Step(tenure.granted(), 1));
                steps.add(new Step(until.applyAsLong(tenure), -1));
            }
        }
        steps.sort(Comparator.comparingLong(Step::at).thenComparingInt(Step::by));
        Most most = new Most(0, 0);
        int count = 0;
        for (Step step : steps) {
            count += step.by();
            if (count > most.count()) {
                most = new Most(count, step.at());
            }
        }
        return most;
    }

    /** Those that were held at a time. */
    static List<Tenure> at(long at, List<Tenure> tenures, ToLongFunction<Tenure> until) {
        return tenures.stream()
                .filter(tenure -> tenure.wasGranted() && tenure.granted() <= at && at < until.applyAsLong(tenure))
                .toList();
    }
}
