package dev.browserpool.benchmarks.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.browserpool.benchmarks.report.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HarnessTest {
    private static final int SAMPLES = 40;

    @ParameterizedTest
    @EnumSource
    void everyContenderHandsItsSlotFromThreadToThread(Contender contender) throws InterruptedException {
        assertThat(HandOver.of(contender, SAMPLES).getTotalCount()).isEqualTo(SAMPLES);
    }

    @ParameterizedTest
    @EnumSource
    void everyContenderLetsThreadsWaitInLine(Contender contender) throws Exception {
        assertThat(WaiterMemory.of(contender, 20)).isFinite();
    }

    @Test
    void theReleaseOfAJdkIsRead(@TempDir Path jdk) throws IOException {
        assertThat(VirtualThreads.feature(jdk)).isZero();

        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"25.0.1\"\n");

        assertThat(VirtualThreads.feature(jdk)).isEqualTo(25);
    }

    @Test
    void virtualThreadsComeToAnEnd() throws Exception {
        Optional<Path> jdk = VirtualThreads.findJdk();
        assumeTrue(jdk.isPresent(), "no JDK with virtual threads beside this one");

        assertThat(new VirtualThreads(jdk.get(), 20)
                        .nanos(Contender.BROWSER_POOL)
                        .orElseThrow())
                .isPositive();
    }

    @Test
    void theStepsOfALineAreMeasuredEach() throws InterruptedException {
        LineCosts.Costs costs = LineCosts.with(30, 50);

        assertThat(List.of(costs.submit(), costs.cancel(), costs.timeout(), costs.position(), costs.status()))
                .allSatisfy(nanos -> assertThat(nanos).isPositive());
    }

    @Test
    void allThatIsMeasuredIsOnThePage(@TempDir Path directory) throws IOException {
        List<Integer> lines = List.of(10, 1_000);
        new JvmReport(twoRounds(lines), lines, Optional.of(25), Set.of(Contender.STORMPOT))
                .page("benchmarks/run jvm --short")
                .write(directory);

        assertThat(directory.resolve("jvm.md"))
                .content()
                .contains(
                        "`benchmarks/run jvm --short`",
                        "| Semaphore, fair | ",
                        "alone: commons-pool2 over the Browser Pool",
                        "of JDK 25",
                        "came to no end with Stormpot (not fair).")
                .contains("hand-over p99.9", "64 threads", "64 virtual threads", "| status | ", "(jvm-lines.png)");
        assertThat(directory.resolve("jvm-alone.png")).isNotEmptyFile();
    }

    private static Figures twoRounds(List<Integer> lines) {
        Figures figures = new Figures();
        for (double value : new double[] {100, 200}) {
            for (Contender contender : Contender.values()) {
                figures.add(Names.of(Names.ALONE, contender), value);
                figures.add(Names.of(Names.BYTES, contender), value);
            }
            for (Contender contender : Contender.BESIDE) {
                Names.CONTENDED.forEach(threads -> figures.add(Names.of(Names.threads(threads), contender), value));
                Names.PERCENTILES.forEach(
                        percentile -> figures.add(Names.of(Names.handOver(percentile), contender), value));
                figures.add(Names.of(Names.WAITER, contender), value);
                if (contender != Contender.STORMPOT) {
                    figures.add(Names.of(VirtualThreads.figure(), contender), value);
                }
            }
            for (int line : lines) {
                Names.STEPS.forEach(step -> figures.add(Names.step(step, line), value));
                figures.add(Names.step(Names.ASYNC_WAITER, line), value);
            }
        }
        return figures;
    }
}
