package dev.browserpool.benchmarks.jvm;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One fork of JMH: one contender in a JVM of its own, warmed up and measured. So the contenders can take turns, which JMH itself does
 * not do.
 *
 * @param contender which
 * @param threads how many
 */
record JmhRun(Contender contender, int threads) {
    /** Touched before it begins: else whoever allocates pays for the memory that its JVM takes from the system, and only at first. */
    private static final String[] HEAP = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"};

    /**
     * What comes out.
     *
     * @param nanos of a pair, as each thread sees it
     * @param bytes that a pair allocates
     */
    record Cost(double nanos, double bytes) {}

    Cost measure(long millis) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(PairBenchmark.class.getName() + "\\.pair$")
                .param("contender", contender.name())
                .threads(threads)
                .forks(1)
                .jvmArgs(HEAP)
                .warmupIterations(2)
                .warmupTime(TimeValue.milliseconds(2 * millis))
                .measurementIterations(2)
                .measurementTime(TimeValue.milliseconds(millis))
                .timeout(TimeValue.minutes(1))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        RunResult result = new Runner(options.build()).runSingle();
        Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return new Cost(result.getPrimaryResult().getScore(), allocated == null ? Double.NaN : allocated.getScore());
    }
}
