package dev.browserpool.benchmarks.soak;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What was done how often, and what should not have happened. */
final class Tally {
    private static final int SHOWN = 20;

    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();

    void count(String what) {
        counts.computeIfAbsent(what, fresh -> new LongAdder()).increment();
    }

    void surprise(String what) {
        count("surprises");
        if (surprises.size() < SHOWN) {
            surprises.add(what);
        }
    }

    Map<String, LongAdder> counts() {
        return counts;
    }

    Queue<String> surprises() {
        return surprises;
    }
}
