package dev.browserpool.benchmarks.redis;

/** How figures are called. */
final class Names {
    static final String ALONE = "pairs a second, 1 thread";
    static final String CONTENDED = "pairs a second, 8 threads";
    static final String P50_2 = "hand-over p50, 2 waiters, µs";
    static final String P99_2 = "hand-over p99, 2 waiters, µs";
    static final String P50_100 = "hand-over p50, 100 waiters, µs";
    static final String P99_100 = "hand-over p99, 100 waiters, µs";
    static final String IDLE = "commands a second, 100 idle waiters";
    static final String FLOOR_P50 = "floor p50, µs";
    static final String FLOOR_P99 = "floor p99, µs";

    /** Two commands that do nothing, one after the other, on one connection: no two round trips are quicker. */
    static final String FLOOR_PAIRS = "floor: two pings, pairs a second, 1 thread";

    private Names() {}

    static String server(ServerTime.Form form) {
        return form.title + ": in the server, µs a script";
    }

    static String of(String figure, Contender contender) {
        return contender.title() + ": " + figure;
    }

    static String step(String step, int waiters) {
        return step + ", " + waiters + " in line, µs";
    }
}
