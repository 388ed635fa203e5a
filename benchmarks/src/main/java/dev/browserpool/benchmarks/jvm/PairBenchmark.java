package dev.browserpool.benchmarks.jvm;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** One acquire and one release on five slots; {@link JmhRun} says with how many threads, and of what kind. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PairBenchmark {
    private static final int SLOTS = 5;

    /** The contender that all threads share. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** Which contender. */
        @Param
        public Contender contender = Contender.SEMAPHORE;

        private Lender lender = Contender.SEMAPHORE.open(1);

        /** Opens it. */
        @Setup(Level.Trial)
        public void open() {
            lender = contender.open(SLOTS);
        }

        /** Closes it. */
        @TearDown(Level.Trial)
        public void close() {
            lender.close();
        }
    }

    /** The id of a thread: one thread has one request at a time. */
    @State(Scope.Thread)
    public static class Caller {
        private static final AtomicInteger COUNT = new AtomicInteger();
        private final String requestId = "caller-" + COUNT.incrementAndGet();
    }

    /** With nothing in between. */
    @Benchmark
    public void pair(Shared shared, Caller caller, Blackhole hole) throws Exception {
        shared.lender.pair(caller.requestId, () -> hole.consume(caller));
    }
}
