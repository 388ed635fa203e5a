package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.LeaseLoss;
import dev.browserpool.LeaseLostException;
import dev.browserpool.PoolConfig;
import dev.browserpool.PoolEvent;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.Workers.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a browser dies of, its slot and its profile come back in time, and whoever worked in it hears why. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class DeathTest {
    private static final Duration LASTING = Duration.ofSeconds(3);
    private static final Duration STOP_GRACE = Duration.ofSeconds(8);
    private static final Duration POLL = Duration.ofMillis(200);

    @TempDir
    Path directory;

    private final List<SessionReport> reports = new CopyOnWriteArrayList<>();
    private final List<Integer> browsersAtEnd = new CopyOnWriteArrayList<>();
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
        pool.addListener(event -> {
            if (event instanceof PoolEvent.Ended) {
                browsersAtEnd.add(Machine.browsers().size());
            }
        });
        browsers = BrowserSessions.builder(pool)
                .profiles(directory.resolve("profiles"))
                .evidence(directory.resolve("evidence"))
                .evidenceBudget(Duration.ofSeconds(3))
                .closeBudget(Duration.ofMillis(1500))
                .exitBudget(Duration.ofMillis(1500))
                .onClosed(reports::add)
                .build();
    }

    @AfterEach
    void close() {
        pool.close();
        site.close();
    }

    @ParameterizedTest
    @EnumSource
    void ofASessionGivesBackSlotAndProfileInTimeAndSaysWhy(Death death) throws Exception {
        Worker<Throwable> worker = Workers.start("worker", () -> {
            Throwable thrown = catchThrowable(
                    () -> browsers.call(Requests.lasting("dying", "shop", LASTING), session -> dieOf(death, session)));
            assertThat(Thread.currentThread().isInterrupted())
                    .as("interrupts stay inside")
                    .isFalse();
            return thrown;
        });
        Workers.awaitState(pool, "dying", SlotState.RUNNING);

        String next = browsers.call(
                Requests.onProfile("next", "shop"), session -> session.page().url());

        assertThat(next).isEqualTo("about:blank");
        Duration held = pool.slot("dying").orElseThrow().times().ran();
        assertThat(held).isLessThan(LASTING.plus(STOP_GRACE).plus(POLL));
        assertThat(browsersAtEnd.get(0))
                .as("browsers when the profile was given back")
                .isZero();
        assertTold(worker.result(), death);
        SessionReport report = reports.get(0);
        assertThat(report.killed()).isEqualTo(!death.endsByItself());
        assertThat(report.cause()).contains(death.cause().orElse(FailureCause.LEASE_LOST));
        assertEvidence(report.evidence().orElseThrow(), death);
    }

    private String dieOf(Death death, BrowserSession session) throws InterruptedException {
        death.happenTo(session, Death.Family.of("dying"), site);
        return "survived";
    }

    private static void assertTold(Throwable thrown, Death death) {
        if (death.cause().isPresent()) {
            assertThat(thrown).isInstanceOfSatisfying(BrowserDiedException.class, died -> {
                assertThat(died.what()).isEqualTo(death.cause().get());
                assertThat(died)
                        .hasMessageContaining("request dying on profile shop")
                        .hasCauseInstanceOf(Exception.class);
            });
        } else {
            assertThat(thrown)
                    .isInstanceOfSatisfying(
                            LeaseLostException.class,
                            lost -> assertThat(lost.loss().orElseThrow().reason())
                                    .isEqualTo(LeaseLoss.Reason.EXPIRED));
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

    @Test
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

    @Test
    void outsideALoanItIsToldAtTheNextDoor() throws Exception {
        try (BrowserSession session = browsers.open(Requests.onProfile("held", "shop"))) {
            session.page().navigate(site.url("/hello"));
            Machine.signal("KILL", Death.Family.of("held").browser());

            Throwable thrown = await().pollInSameThread().until(() -> catchThrowable(session::page), Objects::nonNull);

            assertThat(thrown)
                    .isInstanceOfSatisfying(
                            BrowserDiedException.class,
                            died -> assertThat(died.what()).isEqualTo(FailureCause.BROWSER_DIED));
        }
        assertThat(reports.get(0).cause()).contains(FailureCause.BROWSER_DIED);
        assertThat(reports.get(0).outcome()).isEqualTo(SlotState.RELEASED);
    }
}
