package dev.browserpool.benchmarks.jvm;

import dev.browserpool.benchmarks.report.Figures;
import dev.browserpool.benchmarks.report.Rounds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command behind {@code benchmarks/run jvm}: all contenders in turn, in each round. */
@Command(
        name = "jvm",
        mixinStandardHelpOptions = true,
        description = "Measures the in-memory pool beside other pools and limits of one JVM.")
public final class JvmFigures implements Callable<Integer> {
    @Mixin
    private Rounds rounds = new Rounds();

    @Option(
            names = "--millis",
            paramLabel = "N",
            description =
                    "How long each of two iterations is, after two twice as long that warm up (500; 125 in the short form).")
    private int millis;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Hand-overs of each contender in a round (20,000; 2,000 in the short form).")
    private int samples;

    @Option(
            names = "--waiters",
            paramLabel = "N",
            description = "Threads in line whose memory is measured (default: ${DEFAULT-VALUE}).")
    private int waiters = 1_000;

    @Option(
            names = "--virtual-jdk",
            paramLabel = "DIR",
            description =
                    "The JDK, 24 or newer, on which virtual threads are measured (default: this one, or the newest beside it; in the short form they are left out).")
    private @Nullable Path virtualJdk;

    private final Set<Contender> withoutEnd = EnumSet.noneOf(Contender.class);

    @Override
    public Integer call() throws Exception {
        millis = rounds.orElse(millis, 125, 500);
        samples = rounds.orElse(samples, 2_000, 20_000);
        List<Integer> lines = rounds.isShort() ? List.of(10, 1_000) : List.of(10, 1_000, 100_000);
        Optional<Path> jdk = jdkOfVirtualThreads();
        Figures figures = rounds.measureCold(5, this::pairs);
        if (jdk.isPresent()) {
            VirtualThreads threads = new VirtualThreads(jdk.get(), rounds.isShort() ? 500 : 4_000);
            figures.putAll(rounds.measureCold(5, round -> virtualThreads(threads, round)));
        }
        figures.putAll(rounds.measure(5, round -> {
            handOvers(round);
            memory(round);
            for (int line : lines) {
                line(round, line);
            }
        }));
        rounds.publish(
                new JvmReport(figures, lines, jdk.map(VirtualThreads::feature), withoutEnd).page(rounds.command()));
        return 0;
    }

    private Optional<Path> jdkOfVirtualThreads() throws IOException {
        if (virtualJdk != null) {
            return Optional.of(virtualJdk);
        }
        return rounds.isShort() ? Optional.empty() : VirtualThreads.findJdk();
    }

    private List<Integer> contended() {
        return rounds.isShort() ? List.of(64) : Names.CONTENDED;
    }

    /** Each in a JVM of its own, which warms up by itself. */
    private void pairs(Figures round) throws RunnerException {
        for (Contender contender : Contender.values()) {
            say("alone: " + contender.title());
            JmhRun.Cost cost = new JmhRun(contender, 1).measure(millis);
            round.add(Names.of(Names.ALONE, contender), cost.nanos());
            round.add(Names.of(Names.BYTES, contender), cost.bytes());
        }
        for (int threads : contended()) {
            for (Contender contender : Contender.BESIDE) {
                say(Names.threads(threads) + ": " + contender.title());
                JmhRun run = new JmhRun(contender, threads);
                round.add(
                        Names.of(Names.threads(threads), contender),
                        run.measure(millis).nanos());
            }
        }
    }

    /** Whoever has come to no end once is not tried again. */
    private void virtualThreads(VirtualThreads threads, Figures round) throws IOException, InterruptedException {
        for (Contender contender : Contender.BESIDE) {
            if (withoutEnd.contains(contender)) {
                continue;
            }
            say(VirtualThreads.figure() + ": " + contender.title());
            threads.nanos(contender)
                    .ifPresentOrElse(
                            nanos -> round.add(Names.of(VirtualThreads.figure(), contender), nanos),
                            () -> withoutEnd.add(contender));
        }
    }

    private void handOvers(Figures round) throws InterruptedException {
        for (Contender contender : Contender.BESIDE) {
            say("hand-over: " + contender.title());
            Histogram times = HandOver.of(contender, samples);
            for (double percentile : Names.PERCENTILES) {
                round.add(
                        Names.of(Names.handOver(percentile), contender),
                        times.getValueAtPercentile(percentile) / 1000.0);
            }
        }
    }

    private void memory(Figures round) throws Exception {
        for (Contender contender : Contender.BESIDE) {
            say("memory: " + contender.title());
            round.add(Names.of(Names.WAITER, contender), WaiterMemory.of(contender, waiters));
        }
    }

    private void line(Figures round, int line) throws InterruptedException {
        say(line + " in line");
        LineCosts.Costs costs = LineCosts.with(line, rounds.isShort() ? 500 : 2_000);
        List<Double> nanos = List.of(costs.submit(), costs.cancel(), costs.timeout(), costs.position(), costs.status());
        for (int step = 0; step < nanos.size(); step++) {
            round.add(Names.step(Names.STEPS.get(step), line), nanos.get(step));
        }
        round.add(Names.step(Names.ASYNC_WAITER, line), costs.bytes());
    }

    private static void say(String what) {
        System.err.println("  " + what);
    }
}
