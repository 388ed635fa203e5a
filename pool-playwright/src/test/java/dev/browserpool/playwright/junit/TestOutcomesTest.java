package dev.browserpool.playwright.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.test;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotState;
import dev.browserpool.playwright.BrowserSession;
import dev.browserpool.playwright.SessionReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Tests with real browsers are run side by side, once, and then it is looked at what became of them. */
class TestOutcomesTest {
    @TempDir
    static Path directory;

    private static OwnBrowsers browsers;
    private static EngineExecutionResults results;

    private static final CountDownLatch LET_GO = new CountDownLatch(1);

    @AfterAll
    static void letGo() {
        LET_GO.countDown();
    }

    @BeforeAll
    static void runThem() {
        browsers = new OwnBrowsers(directory);
        results = EngineTestKit.engine(new JupiterTestEngine())
                .selectors(
                        DiscoverySelectors.selectClass(Cases.class),
                        DiscoverySelectors.selectClass(BadBeginning.class),
                        DiscoverySelectors.selectClass(BadConstructor.class),
                        DiscoverySelectors.selectClass(BadEnd.class))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .execute();
    }

    /** Without an annotation that makes an extension: the one in the field serves them all. */
    static class Registered {
        @RegisterExtension
        static final BrowserPoolExtension EXTENSION = BrowserPoolExtension.using(browsers);
    }

    static class Cases extends Registered {
        @Test
        @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void passes(BrowserSession session, Page page, BrowserContext context) {
            assertThat(Thread.currentThread().getName()).contains("junit-timeout");
            page.setContent("<title>fine</title>");
            assertThat(session.page()).isSameAs(page);
            assertThat(page.context()).isSameAs(context);
        }

        @Test
        void fails(Page page) {
            page.setContent("<h1>Trouble</h1>");
            throw new AssertionError("more trouble than expected");
        }

        @Test
        @OnProfile("profile_amelia")
        void isAborted(BrowserSession session) {
            assertThat(session.profileDirectory()).isPresent();
            Assumptions.abort("not today");
        }

        @Test
        @Timeout(value = 500, unit = TimeUnit.MILLISECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void hangs(Page page) {
            page.waitForTimeout(60_000);
        }

        @Test
        @Timeout(value = 500, unit = TimeUnit.MILLISECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void isDeaf(Page page) {
            while (LET_GO.getCount() > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // whoever interrupts it
            }
        }

        @Test
        void isRevoked(BrowserSession session) {
            browsers.pool().operations().revoke(session.lease().requestId(), "to see what becomes of it");
            await().until(() -> !session.lease().isValid());
        }

        @Test
        void asksForNone() {}

        @Test
        @Disabled("to see that it takes no slot")
        void isDisabled(Page page) {}
    }

    static class BadConstructor extends Registered {
        BadConstructor(Page page) {
            throw new IllegalStateException("no construction on " + page.url());
        }

        @Test
        void isNotBuilt() {}
    }

    static class BadBeginning extends Registered {
        @BeforeEach
        void begin(Page page) {
            throw new IllegalStateException("no beginning on " + page.url());
        }

        @Test
        void isNotReached() {}
    }

    static class BadEnd extends Registered {
        @Test
        void works() {}

        @AfterEach
        void end(Page page) {
            throw new IllegalStateException("no end on " + page.url());
        }
    }

    @Test
    void aTestThatPassesCompletesItsSessionAndLeavesNoEvidence() {
        SessionReport report = browsers.of("TestOutcomesTest.Cases.passes");

        results.testEvents().succeeded().assertThatEvents().haveExactly(1, event(test("passes")));
        assertThat(report.outcome()).isEqualTo(SlotState.COMPLETED);
        assertThat(report.evidence()).isEmpty();
        assertThat(report.request().labels()).containsEntry("suite", "inner");
        assertThat(report.request().description()).hasValue("passes(BrowserSession, Page, BrowserContext)");
    }

    @Test
    void aTestThatFailsSaysWhereItsEvidenceAndTraceAre() {
        SessionReport report = browsers.of("TestOutcomesTest.Cases.fails");

        assertThat(report.outcome()).isEqualTo(SlotState.FAILED);
        assertThat(report.failure().orElseThrow()).hasMessage("more trouble than expected");
        Path evidence = report.evidence().orElseThrow();
        assertThat(evidence.resolve("dom.html")).content().contains("Trouble");
        assertThat(Map.copyOf(entryOf("fails")))
                .containsEntry("browser-pool.evidence", evidence.toString())
                .containsEntry(
                        "browser-pool.trace", evidence.resolve("trace.zip").toString())
                .containsEntry(
                        "browser-pool.screenshot",
                        evidence.resolve("screenshot.png").toString());
        assertThat(failureOf("fails").getSuppressed())
                .singleElement()
                .asString()
                .contains(evidence.toString())
                .contains("show-trace " + evidence.resolve("trace.zip"));
    }

    @Test
    void aTestThatWasAbortedHasNotFailedAndHadItsProfile() {
        SessionReport report = browsers.of("TestOutcomesTest.Cases.isAborted");

        assertThat(report.outcome()).isEqualTo(SlotState.COMPLETED);
        assertThat(report.evidence()).isEmpty();
        assertThat(report.request().profile()).hasValue(ProfileClaim.exclusive("profile_amelia"));
    }

    @Test
    void aThreadThatJUnitGivesUpStillLeavesItsPageAsEvidence() {
        SessionReport report = browsers.of("TestOutcomesTest.Cases.hangs");

        assertThat(failureOf("hangs")).hasMessageContaining("timed out after 500 milliseconds");
        assertThat(report.outcome()).isEqualTo(SlotState.FAILED);
        assertThat(report.killed()).isFalse();
        assertThat(report.evidence().orElseThrow().resolve("screenshot.png")).exists();
    }

    @Test
    void aThreadThatDoesNotComeOutKeepsNoBrowser() {
        SessionReport report = browsers.of("TestOutcomesTest.Cases.isDeaf");

        assertThat(failureOf("isDeaf")).hasMessageContaining("timed out after 500 milliseconds");
        assertThat(report.evidence().orElseThrow().resolve("manifest.json"))
                .content()
                .contains("which does not own it");
        assertThat(entryOf("isDeaf")).doesNotContainKey("browser-pool.screenshot");
    }

    @Test
    void aTestThatPassesThoughItsLeaseWasLostIsNotToldButLeavesEvidence() {
        SessionReport report = browsers.of("TestOutcomesTest.Cases.isRevoked");

        results.testEvents().succeeded().assertThatEvents().haveExactly(1, event(test("isRevoked")));
        assertThat(report.outcome()).isEqualTo(SlotState.REVOKED);
        assertThat(entryOf("isRevoked")).containsKey("browser-pool.evidence");
    }

    @Test
    void aConstructorThatFailsLeavesNoSessionOpen() {
        SessionReport report = browsers.of("TestOutcomesTest.BadConstructor.isNotBuilt");

        assertThat(failureOf("isNotBuilt")).hasMessage("no construction on about:blank");
        assertThat(report.outcome()).isEqualTo(SlotState.RELEASED);
        assertThat(entryOf("isNotBuilt")).containsKey("browser-pool.trace");
    }

    @Test
    void aFailureBeforeOrAfterTheTestCountsAsTheTests() {
        assertThat(browsers.of("TestOutcomesTest.BadBeginning.isNotReached")
                        .failure()
                        .orElseThrow())
                .hasMessage("no beginning on about:blank");
        assertThat(browsers.of("TestOutcomesTest.BadEnd.works").failure().orElseThrow())
                .hasMessage("no end on about:blank");
        assertThat(entryOf("works")).containsKey("browser-pool.trace");
    }

    @Test
    void testsThatRunSideBySideShareThePoolsLimit() {
        assertThat(browsers.reports).hasSize(9);
        assertThat(browsers.mostAtOnce).hasValue(2);
    }

    @Test
    void nothingIsLeftOpenAfterThePlan() throws Exception {
        assertThat(browsers.closed).isTrue();
        try (var left = Files.list(directory)) {
            assertThat(left)
                    .extracting(Path::getFileName)
                    .extracting(Path::toString)
                    .contains("evidence", "profiles");
        }
    }

    private static Map<String, String> entryOf(String method) {
        return results.testEvents().reportingEntryPublished().stream()
                .filter(event ->
                        event.getTestDescriptor().getUniqueId().toString().contains("[method:" + method + "("))
                .map(event -> event.getRequiredPayload(org.junit.platform.engine.reporting.ReportEntry.class)
                        .getKeyValuePairs())
                .findFirst()
                .orElseThrow();
    }

    private static Throwable failureOf(String method) {
        return results.testEvents().failed().stream()
                .filter(event ->
                        event.getTestDescriptor().getUniqueId().toString().contains("[method:" + method + "("))
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .findFirst()
                .orElseThrow();
    }
}
