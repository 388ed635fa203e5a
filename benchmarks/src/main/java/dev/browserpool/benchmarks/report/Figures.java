package dev.browserpool.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured: by name, one value for each round. Not thread-safe. */
public final class Figures {
    private final Map<String, List<Double>> rounds = new LinkedHashMap<>();

    /** Throws away what was measured so far: it warmed up. */
    public void forget() {
        rounds.clear();
    }

    /** One more round's value. */
    public void add(String name, double value) {
        rounds.computeIfAbsent(name, fresh -> new ArrayList<>()).add(value);
    }

    /** Takes over all names and values of another. */
    public void putAll(Figures others) {
        rounds.putAll(others.rounds);
    }

    /** All of a name; refuses one under which nothing was measured. */
    public List<Double> of(String name) {
        List<Double> values = rounds.get(name);
        if (values == null) {
            throw new IllegalArgumentException("nothing was measured under " + name + ", only " + rounds.keySet());
        }
        return List.copyOf(values);
    }

    /** Of all rounds. */
    public Spread spread(String name) {
        return Spread.of(of(name));
    }

    /** The first over the second, round by round: what disturbed a round disturbed both. */
    public Spread ratio(String over, String under) {
        List<Double> above = of(over);
        List<Double> below = of(under);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(above.size(), below.size()); round++) {
            ratios.add(above.get(round) / below.get(round));
        }
        return Spread.of(ratios);
    }

    /** All names with their values, in the order in which they came. */
    public Map<String, List<Double>> all() {
        return Collections.unmodifiableMap(rounds);
    }
}
