package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import dev.browserpool.BrowserPool;
import dev.browserpool.LeaseLoss;
import dev.browserpool.LeaseLostException;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.Workers.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a browser dies of, its slot and its profile come back in time, and whoever worked in it hears why. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class DeathTest {
    private static final Duration LASTING = Duration.ofSeconds(3);
    /** For a death to happen before the lease ends. */
    private static final Duration ENOUGH = Duration.ofSeconds(2);

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration STOP_GRACE = Duration.ofSeconds(12);
    private static final Duration POLL = Duration.ofMillis(200);

    @TempDir
    Path directory;

    private final List<SessionReport> reports = new CopyOnWriteArrayList<>();
    private final TestSite site = new TestSite();
    private BrowserPool pool;
    private BrowserSessions browsers;

    @BeforeEach
    void open() {
        pool = InMemoryBrowserPool.create(PoolConfig.builder()
                .maxBrowsers(1)
                .stopGrace(STOP_GRACE)
                .pollInterval(POLL)
                .build());
        browsers = BrowserSessions.builder(pool)
                .profiles(directory.resolve("profiles"))
                .evidence(directory.resolve("evidence"))
                .evidenceBudget(Duration.ofSeconds(3))
                .closeBudget(Duration.ofSeconds(3))
                .exitBudget(Duration.ofSeconds(3))
                .onClosed(reports::add)
                .build();
    }

    @AfterEach
    void close() {
        pool.close();
        site.close();
    }

    /**
     * One try.
     *
     * @param requestId whose
     * @param lasting how long its lease may be held
     * @param thrown what its caller was told
     * @param browsers how many it still had when the next one had its profile
     */
    private record End(String requestId, Duration lasting, Throwable thrown, int browsers) {}

    /** They wait most of their time. */
    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void ofASessionGivesBackSlotAndProfileInTimeAndSaysWhy(Death death) throws Exception {
        Optional<End> tried = Optional.empty();
        for (Duration lasting = death.cause().isEmpty() ? LASTING : LONG;
                tried.isEmpty();
                lasting = lasting.multipliedBy(2)) {
            tried = tried(death, lasting);
        }

        End end = tried.get();
        Duration held = pool.slot(end.requestId()).orElseThrow().times().ran();
        assertThat(held).isLessThan(end.lasting().plus(STOP_GRACE).plus(POLL));
        assertThat(end.browsers()).isZero();
        assertTold(end, death);
        SessionReport report = reports.get(0);
        assertThat(report.killed()).isEqualTo(!death.endsByItself());
        assertThat(report.cause()).contains(death.cause().orElse(FailureCause.LEASE_LOST));
        assertEvidence(report.evidence().orElseThrow(), death);
    }

    /** Empty if its time was over, or nearly, before it was at work: a busy machine takes long to open a browser. */
    private Optional<End> tried(Death death, Duration lasting) throws Exception {
        String dying = "dying-" + death + "-" + lasting.toSeconds();
        AtomicBoolean atWork = new AtomicBoolean();
        reports.clear();
        Worker<Throwable> worker = Workers.start("worker", () -> {
            Throwable thrown = catchThrowable(() -> browsers.call(Requests.lasting(dying, "shop", lasting), session -> {
                Page page = Death.pageOf(session, site);
                Death.Family processes = Death.Family.of(dying);
                atWork.set(timeLeft(session).compareTo(ENOUGH) > 0);
                death.happenTo(page, processes, site);
                return "survived";
            }));
            assertThat(Thread.currentThread().isInterrupted())
                    .as("interrupts stay inside")
                    .isFalse();
            return thrown;
        });
        Workers.awaitState(pool, dying, SlotState.RUNNING);
        int left = browsers.call(
                Requests.onProfile("next-" + lasting.toSeconds(), "shop"),
                session -> Machine.browsersOf(dying).size());
        return Optional.of(new End(dying, lasting, worker.result(), left)).filter(end -> atWork.get());
    }

    private static Duration timeLeft(BrowserSession session) {
        Instant end = session.lease().slot().grant().orElseThrow().mustEndBy();
        return Duration.between(Instant.now(), end);
    }

    private static void assertTold(End end, Death death) {
        if (death.cause().isPresent()) {
            assertThat(end.thrown()).isInstanceOfSatisfying(BrowserDiedException.class, died -> {
                assertThat(died.what()).isEqualTo(death.cause().get());
                assertThat(died)
                        .hasMessageContaining("request " + end.requestId() + " on profile shop")
                        .hasCauseInstanceOf(Exception.class);
            });
        } else {
            assertThat(end.thrown())
                    .isInstanceOfSatisfying(
                            LeaseLostException.class,
                            lost -> assertThat(lost.loss().orElseThrow().reason())
                                    .isEqualTo(LeaseLoss.Reason.EXPIRED))
                    .hasCauseInstanceOf(
                            death == Death.STUCK_CODE ? InterruptedException.class : PlaywrightException.class);
        }
    }

    private static void assertEvidence(Path evidence, Death death) throws IOException {
        String manifest = Files.readString(evidence.resolve("manifest.json"));
        assertThat(manifest).contains(death.cause().isPresent() ? "FAILED" : "EXPIRED");
        switch (death) {
            case SILENT_SERVER, STUCK_CODE ->
                assertThat(evidence.resolve("screenshot.png")).isNotEmptyFile();
            default -> assertThat(manifest).contains("\"saved\": false").contains("\"problem\"");
        }
        if (death != Death.DRIVER_KILLED && death != Death.BROWSER_KILLED) {
            assertThat(evidence.resolve("page.json"))
                    .content()
                    .contains(death == Death.SILENT_SERVER ? "127.0.0.1" : "/hello");
        }
    }

    @SideBySideTest
    void whoIgnoresTheInterruptKeepsNeitherSlotNorProfileAndIsToldAtHisNextCall() throws Exception {
        AtomicBoolean go = new AtomicBoolean();
        Worker<Throwable> worker = Workers.start(
                "stubborn",
                () -> catchThrowable(() ->
                        browsers.call(Requests.lasting("stubborn", "shop", Duration.ofSeconds(2)), session -> {
                            while (!go.get()) {
                                Thread.interrupted();
                                Thread.onSpinWait();
                            }
                            return session.page().url();
                        })));
        Workers.awaitState(pool, "stubborn", SlotState.RUNNING);

        browsers.call(
                Requests.onProfile("next", "shop"), session -> session.page().url());
        go.set(true);

        assertThat(worker.result()).isInstanceOf(LeaseLostException.class);
        assertThat(pool.slot("stubborn").orElseThrow().state()).isEqualTo(SlotState.EXPIRED);
    }
}
