package dev.browserpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.browserpool.contract.LogCapture;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The load of the host, as it is read, smoothed and judged. */
class HostLoadGateTest {
    private static final SlotRequest REQUEST = SlotRequest.of("a", OperationType.TEST_RUN);
    private static final Duration NEVER = Duration.ofDays(1);

    private final Readings host = new Readings();
    private long nanos;

    private static final class Readings implements HostReadings {
        double cpu = 0.1;
        double memory = 0.1;
        boolean fails;
        final Set<Thread> readers = ConcurrentHashMap.newKeySet();

        @Override
        public double cpu() throws IOException {
            readers.add(Thread.currentThread());
            if (fails) {
                throw new IOException("no such file");
            }
            return cpu;
        }

        @Override
        public double memory() {
            return memory;
        }
    }

    private HostLoadGate gate(HostLoadGate.Builder limits) {
        return new HostLoadGate(limits, host, () -> nanos, NEVER, NEVER);
    }

    private Optional<AdmissionGate.Objection> after(HostLoadGate gate, Duration time) {
        nanos += time.toNanos();
        gate.sample();
        return gate.objection(REQUEST);
    }

    private static HostLoadGate.Builder limits() {
        return HostLoadGate.builder().cpu(0.9, 0.7).memory(0.8, 0.6).smoothing(Duration.ofSeconds(5));
    }

    @Test
    void theFirstReadingCountsAtOnceAndNamesReadingLimitAndCure() {
        host.cpu = 0.95;

        AdmissionGate.Objection objection = gate(limits()).objection(REQUEST).orElseThrow();

        assertThat(objection.reading()).isEqualTo("this host uses 95 % of its processor time");
        assertThat(objection.limit()).contains("90 %").contains("70 %");
        assertThat(objection.cure()).contains("maxBrowsers");
        assertThat(objection.isHost()).isTrue();
    }

    @Test
    void aShortPeakKeepsNobodyOutAndALongOneDoes() {
        HostLoadGate gate = gate(limits());
        assertThat(gate.objection(REQUEST)).isEmpty();
        host.cpu = 1;

        assertThat(after(gate, Duration.ofSeconds(1))).isEmpty();
        assertThat(after(gate, Duration.ofSeconds(4))).isEmpty();
        assertThat(after(gate, Duration.ofSeconds(10))).isPresent();
    }

    @Test
    void whoWasOverTheHighLimitMustComeBelowTheLowOne() {
        HostLoadGate gate = gate(limits());
        host.memory = 0.85;
        assertThat(gate.objection(REQUEST).orElseThrow().reading()).contains("85 %", "memory");

        host.memory = 0.7;
        assertThat(after(gate, Duration.ofMinutes(5))).as("between the limits").isPresent();
        host.memory = 0.5;
        assertThat(after(gate, Duration.ofMinutes(5))).isEmpty();
        host.memory = 0.7;
        assertThat(after(gate, Duration.ofMinutes(5)))
                .as("between the limits, from below")
                .isEmpty();
    }

    @Test
    void aReadingThatFailsLetsRequestsInAndSaysSoOnce() {
        try (LogCapture log = LogCapture.from(Level.WARN)) {
            HostLoadGate gate = gate(limits());
            host.cpu = 1;
            assertThat(gate.objection(REQUEST)).isPresent();

            host.fails = true;
            assertThat(after(gate, Duration.ofSeconds(1))).isEmpty();
            assertThat(after(gate, Duration.ofSeconds(1))).isEmpty();

            assertThat(log.linesWith("can't be read")).hasSize(1);
            host.fails = false;
            assertThat(after(gate, Duration.ofSeconds(1))).isPresent();
            host.fails = true;
            assertThat(after(gate, Duration.ofSeconds(1))).isEmpty();
            assertThat(log.linesWith("can't be read")).hasSize(2);
        }
    }

    @Test
    void itReadsOnADaemonThreadOnlyWhileItIsInUse() {
        HostLoadGate gate =
                new HostLoadGate(limits(), host, System::nanoTime, Duration.ofMillis(5), Duration.ofMillis(50));
        assertThat(host.readers).as("before anybody asks").isEmpty();

        for (int uses = 1; uses <= 2; uses++) {
            host.readers.clear();
            assertThat(gate.objection(REQUEST)).isEmpty();
            assertThat(host.readers).as("at once").contains(Thread.currentThread());
            await().until(() -> host.readers.size() > 1);

            Thread reader = host.readers.stream()
                    .filter(thread -> thread != Thread.currentThread())
                    .findFirst()
                    .orElseThrow();
            assertThat(reader.getName()).isEqualTo("browser-pool-host-load");
            assertThat(reader.isDaemon()).isTrue();
            await().until(() -> !reader.isAlive());
        }
    }

    @Test
    void aReaderThatCouldNotBeStartedIsStartedByTheNextWhoNeedsIt() {
        AtomicInteger done = new AtomicInteger();
        WhileInUse work = new WhileInUse(
                "fails-once",
                () -> {
                    if (done.incrementAndGet() == 1) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                },
                Duration.ofMillis(1),
                Duration.ofMillis(1));
        assertThatThrownBy(work::need).isInstanceOf(OutOfMemoryError.class);

        work.need();

        assertThat(done).hasValueGreaterThan(1);
    }

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> HostLoadGate.builder().cpu(0.5, 0.6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.5")
                .hasMessageContaining("0.6");
        assertThatThrownBy(() -> HostLoadGate.builder().memory(90, 80)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HostLoadGate.builder().cpu(Double.NaN, 0.1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theRealHostIsReadInShares() throws IOException {
        SystemReadings real = new SystemReadings();

        assertThat(real.cpu()).isBetween(0.0, 1.0);
        assertThat(real.memory()).isBetween(0.01, 1.0);
        assertThat(HostLoadGate.builder().cpu(1, 1).memory(1, 1).build().objection(REQUEST))
                .isEmpty();
    }
}
