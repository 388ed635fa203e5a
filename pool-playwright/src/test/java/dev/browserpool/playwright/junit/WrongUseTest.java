package dev.browserpool.playwright.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What can't be had is said before any browser starts, with the cure. */
class WrongUseTest {
    private static final BrowserPool BUSY = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));

    static List<String> failuresOf(EngineExecutionResults results) {
        return results.allEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .getMessage())
                .toList();
    }

    private static String onlyFailureOf(Class<?> cases) {
        List<String> failures = failuresOf(EngineTestKit.engine(new JupiterTestEngine())
                .selectors(DiscoverySelectors.selectClass(cases))
                .execute());
        assertThat(failures).hasSize(1);
        return failures.get(0);
    }

    @OnProfile("../amelia")
    static class BadId {
        @Test
        void asks(Page page) {}
    }

    @Test
    void anIdThatIsNoName() {
        assertThat(onlyFailureOf(BadId.class)).contains("@OnProfile of class", "BadId", "'../amelia'");
    }

    static class ProfileWithoutBrowser {
        @Test
        @OnProfile("profile_amelia")
        void asksForNone() {}
    }

    @Test
    void aProfileThatNobodyWouldHave() {
        assertThat(onlyFailureOf(ProfileWithoutBrowser.class))
                .contains("asksForNone", "give the test a parameter of type Page, BrowserContext or BrowserSession");
    }

    @UseBrowserPool
    static class TooEarly {
        @BeforeAll
        static void begin(Page page) {}

        @Test
        void test() {}
    }

    @Test
    void aBrowserBeforeThereIsATest() {
        assertThat(onlyFailureOf(TooEarly.class))
                .contains("begin(", "asks for a browser when no test runs", "@UseBrowserPool(session = PER_CLASS)");
    }

    @UseBrowserPool(session = Lifecycle.PER_CLASS)
    @OnProfile("profile_amelia")
    static class TwoProfiles {
        @Nested
        @OnProfile("profile_bruno")
        class Inside {
            @Test
            void asks(Page page) {}
        }
    }

    @Test
    void twoProfilesInOneSession() {
        assertThat(onlyFailureOf(TwoProfiles.class))
                .contains("@OnProfile(\"profile_bruno\") of class", "share one session, and it has one profile");
    }

    static class SharedByMethod {
        @Test
        @UseBrowserPool(session = Lifecycle.PER_CLASS)
        void asks(Page page) {}
    }

    @Test
    void aSessionPerClassThatAMethodAsksFor() {
        assertThat(onlyFailureOf(SharedByMethod.class)).contains("which only a class can: put it on the class");
    }

    @UseBrowserPool(NamedBrowsers.class)
    static class TwoSources {
        @RegisterExtension
        static final BrowserPoolExtension EXTENSION = BrowserPoolExtension.using(new NamedBrowsers());

        @Test
        void asks(Page page) {}
    }

    static class NamedBrowsers implements TestBrowsers {}

    @Test
    void browsersFromTwoPlaces() {
        assertThat(onlyFailureOf(TwoSources.class))
                .contains("a BrowserPoolExtension in a field and @UseBrowserPool(NamedBrowsers.class)", "leave out");
    }

    static class BusyBrowsers implements TestBrowsers {
        @Override
        public BrowserPool pool() {
            return BUSY;
        }
    }

    @UseBrowserPool(value = BusyBrowsers.class, timeoutSeconds = 7)
    static class TooLate {
        @Test
        @UseBrowserPool(timeoutSeconds = 0)
        void asks(Page page) {}
    }

    @Test
    void aBrowserThatIsNotFreeInTime() throws InterruptedException {
        try (BUSY;
                SlotLease lease = BUSY.acquire(SlotRequest.of("NightlyTest.crawl", OperationType.TEST_RUN))) {
            assertThat(onlyFailureOf(TooLate.class))
                    .contains("WrongUseTest.TooLate.asks-", "the oldest holder is NightlyTest.crawl")
                    .contains("@UseBrowserPool(timeoutSeconds = …)");
            lease.complete();
        }
    }
}
