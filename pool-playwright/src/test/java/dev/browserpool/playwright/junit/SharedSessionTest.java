package dev.browserpool.playwright.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.browserpool.SlotState;
import dev.browserpool.playwright.BrowserSession;
import dev.browserpool.playwright.SessionReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** One session for all kinds of tests of a class, though tests run in parallel; looked at afterwards. */
class SharedSessionTest {
    @TempDir
    static Path directory;

    private static OwnBrowsers browsers;
    private static EngineExecutionResults results;
    private static final Set<Object> PAGES = ConcurrentHashMap.newKeySet();

    @BeforeAll
    static void runThem() {
        browsers = new OwnBrowsers(directory);
        results = EngineTestKit.engine(new JupiterTestEngine())
                .selectors(DiscoverySelectors.selectClass(Cases.class))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .execute();
    }

    @UseBrowserPool(session = Lifecycle.PER_CLASS)
    @OnProfile("profile_bruno")
    abstract static class Shared {
        @RegisterExtension
        static final BrowserPoolExtension EXTENSION = BrowserPoolExtension.using(browsers);

        @BeforeAll
        static void begin(BrowserContext context) {
            context.addInitScript("window.prepared = true");
        }

        @Test
        void inherited(Page page) {
            use(page);
        }
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static class Cases extends Shared {
        private final Page ofTheConstructor;

        Cases(Page page) {
            this.ofTheConstructor = page;
        }

        @RepeatedTest(2)
        void repeated() {
            use(ofTheConstructor);
        }

        @ParameterizedTest
        @ValueSource(strings = {"one", "two"})
        void withArguments(String title, Page page) {
            use(page);
            page.setContent("<title>" + title + "</title>");
            assertThat(page.title()).isEqualTo(title);
        }

        @TestFactory
        Stream<DynamicTest> dynamic(BrowserSession session) {
            return Stream.of("good", "bad")
                    .map(name -> DynamicTest.dynamicTest(name, () -> {
                        use(session.page());
                        assertThat(name).isEqualTo("good");
                    }));
        }

        @Nested
        class Inside {
            @Test
            void sharesIt(Page page) {
                use(page);
            }

            @Nested
            @UseBrowserPool
            class WithOneOfItsOwn {
                @Test
                void isRefused(Page page) {}
            }
        }
    }

    private static void use(Page page) {
        PAGES.add(page);
        page.navigate("about:blank");
        assertThat(page.evaluate("window.prepared")).isEqualTo(true);
    }

    @Test
    void allTestsOfTheClassHaveTheSameSessionOneAfterTheOther() {
        results.testEvents()
                .assertStatistics(events -> events.started(9).succeeded(7).failed(2));
        assertThat(PAGES).hasSize(1);
        assertThat(browsers.reports).hasSize(1);
        assertThat(browsers.closed).isTrue();
    }

    @Test
    void aFailureOfOneOfThemFailsTheSessionAndItsEvidenceIsTheClasss() {
        SessionReport report = browsers.of("SharedSessionTest.Cases");

        assertThat(report.outcome()).isEqualTo(SlotState.FAILED);
        assertThat(report.failure().orElseThrow()).isInstanceOf(AssertionError.class);
        List<ReportEntry> entries = results.containerEvents().reportingEntryPublished().stream()
                .map(event -> event.getRequiredPayload(ReportEntry.class))
                .toList();
        assertThat(entries)
                .singleElement()
                .extracting(entry -> entry.getKeyValuePairs().get("browser-pool.trace"))
                .isEqualTo(report.evidence().orElseThrow().resolve("trace.zip").toString());
    }

    @Test
    void whoHasOneBrowserIsRefusedASecond() {
        assertThat(WrongUseTest.failuresOf(results))
                .anySatisfy(message -> assertThat(message)
                        .contains("Inside.WithOneOfItsOwn.isRefused would wait for a second browser while"
                                + " SharedSessionTest.Cases around it has one"));
    }
}
