package dev.browserpool.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** One acquire and one release on four slots: alone, and with eight threads. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class AcquireReleaseBenchmark {
    private static final int SLOTS = 4;

    /** The contender that all threads share. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** Which contender. */
        @Param({"browserPool", "commonsPool2Fair", "semaphoreFair"})
        public String contender = "";

        private Contender lender = Contender.of("semaphoreFair", 1);

        /** Opens it. */
        @Setup(Level.Trial)
        public void open() {
            lender = Contender.of(contender, SLOTS);
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

    /** One thread: there is always room. */
    @Benchmark
    @Threads(1)
    public void alone(Shared shared, Caller caller, Blackhole hole) throws Exception {
        shared.lender.pair(caller.requestId, () -> hole.consume(caller));
    }

    /** Eight threads on four slots: half of them wait. */
    @Benchmark
    @Threads(8)
    public void eightThreads(Shared shared, Caller caller, Blackhole hole) throws Exception {
        shared.lender.pair(caller.requestId, () -> hole.consume(caller));
    }
}
