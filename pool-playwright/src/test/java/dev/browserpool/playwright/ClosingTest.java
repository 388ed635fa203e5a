package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.PlaywrightException;
import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.Workers.Worker;
import dev.browserpool.playwright.host.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("browser")
@ExtendWith(NothingLeft.class)
class ClosingTest {
    private static final Duration EVIDENCE = Duration.ofSeconds(2);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final Duration EXIT = Duration.ofSeconds(1);
    private static final Duration TOTAL =
            EVIDENCE.plus(CLOSE).plus(EXIT).plus(Processes.TO_VANISH).plusSeconds(1);

    @TempDir
    Path directory;

    private final List<SessionReport> reports = new CopyOnWriteArrayList<>();
    private BrowserPool pool;
    private BrowserSessions browsers;

    @BeforeEach
    void open() {
        pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
        browsers = BrowserSessions.builder(pool)
                .profiles(directory.resolve("profiles"))
                .evidence(directory.resolve("evidence"))
                .evidenceBudget(EVIDENCE)
                .closeBudget(CLOSE)
                .exitBudget(EXIT)
                .onClosed(reports::add)
                .build();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @SideBySideTest
    void aFrozenBrowserIsClosedWithinTheBudgets() throws Exception {
        BrowserSession session = browsers.open(Requests.onProfile("frozen", "shop"));
        session.page();
        Machine.browsersUnder(directory)
                .forEach(browser -> Processes.group(browser).forEach(p -> Machine.signal("STOP", p)));

        assertThat(timeToClose(session)).isLessThan(TOTAL);

        assertThat(reports.get(0).killed()).isTrue();
        assertThat(reports.get(0).evidence()).isPresent();
        assertThat(pool.status().running()).isEmpty();
        assertThat(pool.profiles().view("shop").status()).contains(ProfileStatus.FAILED);
    }

    @SideBySideTest
    void aFrozenDriverIsClosedWithinTheBudgets() throws Exception {
        BrowserSession session = browsers.open(Requests.onProfile("frozen-driver", "shop"));
        session.page();
        Machine.signal("STOP", Death.Family.of("frozen-driver").driver());

        assertThat(timeToClose(session)).isLessThan(TOTAL);

        assertThat(reports.get(0).evidence()).isPresent();
        assertThat(pool.profiles().all()).isEmpty();
    }

    @SideBySideTest
    void aHungPageStillShowsItsUrlAndTitle() throws Exception {
        BrowserSession session = browsers.open(Requests.ephemeral("hung"));
        session.page().setContent("<title>hung</title><script>setTimeout(() => { while (true) {} })</script>");

        assertThat(timeToClose(session)).isLessThan(TOTAL);

        Path evidence = session.evidence().orElseThrow();
        assertThat(evidence.resolve("page.json"))
                .content()
                .contains("about:blank")
                .contains("hung");
        assertThat(evidence.resolve("manifest.json")).content().contains("screenshot");
    }

    @SideBySideTest
    void aKilledBrowserIsClosedLikeAnyOther() throws Exception {
        BrowserSession session = browsers.open(Requests.onProfile("killed", "shop"));
        Machine.browsersUnder(directory).forEach(ProcessHandle::destroyForcibly);

        session.close();
        session.close();

        assertThat(reports).hasSize(1);
        assertThat(pool.profiles().all()).isEmpty();
    }

    @SideBySideTest
    void aPendingInterruptCutsNothingShortAndIsKept() throws Exception {
        BrowserSession session = browsers.open(Requests.ephemeral("interrupted"));
        session.page();
        Thread.currentThread().interrupt();

        session.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(reports.get(0).killed()).isFalse();
        assertThat(session.evidence().orElseThrow().resolve("screenshot.png")).isNotEmptyFile();
    }

    @SideBySideTest
    void interruptsWhileEvidenceIsSavedLoseNoneOfItAndAreKept() throws Exception {
        BrowserSession session = BrowserSessions.builder(pool)
                .evidence(directory.resolve("evidence"))
                .redactor(text -> {
                    Thread.currentThread().interrupt();
                    return text;
                })
                .onClosed(reports::add)
                .build()
                .open(Requests.ephemeral("interrupted"));
        session.page();

        session.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(reports.get(0).killed()).isFalse();
        Path evidence = session.evidence().orElseThrow();
        assertThat(evidence.resolve("screenshot.png")).isNotEmptyFile();
        assertThat(evidence.resolve("manifest.json")).content().doesNotContain("\"saved\": false");
    }

    /** As when whoever waited for a worker was interrupted, and leaves the block in which the session is. */
    @SideBySideTest
    void aPendingInterruptOfAnotherThreadThatClosesLosesNoEvidence() throws Exception {
        BrowserSession session = Workers.start("owner", () -> {
                    BrowserSession mine = browsers.open(Requests.ephemeral("interrupted"));
                    mine.page();
                    return mine;
                })
                .result();
        Thread.currentThread().interrupt();

        session.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(session.evidence().orElseThrow().resolve("manifest.json")).isNotEmptyFile();
    }

    @SideBySideTest
    void anInterruptInsideTheLoanFailsItLeavesEvidenceAndIsKept() throws Exception {
        Worker<Boolean> worker = Workers.start("worker", () -> {
            try {
                browsers.call(Requests.ephemeral("interrupted"), session -> {
                    session.note("at", "work");
                    session.page().waitForTimeout(60_000);
                    return "not reached";
                });
                return false;
            } catch (PlaywrightException expected) {
                return Thread.interrupted();
            }
        });
        await().until(() -> worker.isIn("waitForTimeout"));
        worker.thread().interrupt();

        assertThat(worker.result()).isTrue();
        assertThat(reports.get(0).outcome()).isEqualTo(SlotState.FAILED);
        assertThat(reports.get(0).evidence().orElseThrow().resolve("screenshot.png"))
                .isNotEmptyFile();
    }

    @SideBySideTest
    void budgetsMustFitInTheStopGrace() {
        assertThatThrownBy(() -> BrowserSessions.builder(pool)
                        .evidenceBudget(Duration.ofSeconds(15))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT20S")
                .hasMessageContaining("PT15S");
    }

    @SideBySideTest
    void evidenceAndProfilesMustLieApart() {
        Path data = directory.resolve("data");
        for (Path evidence : List.of(data, directory, data.resolve("evidence"))) {
            assertThatThrownBy(() -> BrowserSessions.builder(pool)
                            .profiles(data)
                            .evidence(evidence)
                            .build())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("side by side");
        }
    }

    @SideBySideTest
    void whoWaitsForASlotWhenTheSessionsAreClosedGetsNone() throws Exception {
        BrowserSession first = browsers.open(Requests.ephemeral("first"));
        Worker<Throwable> waiter =
                Workers.start("waiter", () -> catchThrowable(() -> browsers.open(Requests.ephemeral("waiter"))));
        Workers.awaitState(pool, "waiter", SlotState.WAITING);

        browsers.close();
        first.close();

        assertThat(waiter.result())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("request waiter")
                .hasMessageContaining("were closed");
        Workers.awaitState(pool, "waiter", SlotState.FAILED);
    }

    private static Duration timeToClose(BrowserSession session) {
        long start = System.nanoTime();
        session.close();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
