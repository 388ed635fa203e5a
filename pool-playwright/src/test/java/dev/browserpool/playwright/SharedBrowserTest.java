package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Proxy;
import dev.browserpool.BrowserPool;
import dev.browserpool.LeaseLostException;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.Workers.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several sessions in one browser: what they share, what they don't, and who is harmed by what. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class SharedBrowserTest {
    private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(3));
    private final List<SessionReport> reports = new CopyOnWriteArrayList<>();
    private final BrowserSessions browsers = sessions(policy -> policy);

    private BrowserSessions sessions(UnaryOperator<ReusePolicy> change) {
        return BrowserSessions.builder(pool)
                .reuse(change.apply(ReusePolicy.sharedBrowser(2)))
                .exitBudget(Duration.ofSeconds(2))
                .onClosed(reports::add)
                .build();
    }

    @AfterEach
    void close() {
        browsers.close();
        pool.close();
    }

    private static List<Long> pids() {
        return Machine.browsers().stream().map(ProcessHandle::pid).toList();
    }

    @Test
    void sessionsThatRunAtOnceAreInOneBrowserAndSeeNothingOfOneAnotherUnlessTheyNeedALaunchOfTheirOwn()
            throws Exception {
        try (TestSite site = new TestSite();
                BrowserSession anna = browsers.open(Requests.ephemeral("anna"));
                BrowserSession ben = browsers.open(Requests.ephemeral("ben"))) {
            assertThat(pids()).hasSize(1);
            assertThat(Machine.drivers()).hasSize(2);

            anna.page().navigate(site.url("/remember?who=anna"));
            anna.context().setOffline(true);
            ben.page().navigate(site.url("/show"));
            assertThat(ben.page().textContent("#cookie")).doesNotContain("anna");
            ben.page().navigate(site.url("/remember?who=ben"));
            anna.context().setOffline(false);
            anna.page().navigate(site.url("/show"));

            assertThat(anna.page().textContent("#cookie")).isEqualTo("who=anna");
            assertThat(anna.context().browser().contexts()).containsExactly(anna.context());
            assertThat(anna.context().pages()).hasSize(1);
            assertThat(pool.status().running()).hasSize(2);
            try (BrowserSession own = browsers.open(
                    Requests.ephemeral("own"), options -> options.proxy(new Proxy("http://127.0.0.1:9")))) {
                assertThat(pids()).hasSize(2);
                assertThat(Machine.browsersOf("warm-own")).hasSize(1);
                own.complete();
            }
        }
    }

    @Test
    void aSessionThatHangsOrIsForgottenIsStoppedAloneAndItsBrowserServesTheOthersOn() throws Exception {
        try (BrowserSession other = browsers.open(Requests.ephemeral("other"))) {
            other.page().navigate("about:blank");
            List<Long> browser = pids();
            CountDownLatch open = new CountDownLatch(1);
            Worker<Object> stuck = Workers.start("stuck", () -> {
                try (BrowserSession session = browsers.open(Requests.ephemeral("stuck"))) {
                    Page page = session.page();
                    open.countDown();
                    return page.evaluate("while (true) {}");
                }
            });
            open.await();
            assertThat(contextsIn(other)).isEqualTo(2);

            pool.operations().revoke("stuck", "it hangs");

            Workers.awaitState(pool, "stuck", SlotState.REVOKED);
            assertThat(contextsIn(other)).isEqualTo(1);
            assertThatThrownBy(stuck::result).isNotNull();
            assertThat(pids()).isEqualTo(browser);
            assertThat(other.page().evaluate("1 + 1")).isEqualTo(2);
            forget();
            await().until(() -> {
                System.gc();
                return pool.status().running().size() == 1;
            });
            assertThat(contextsIn(other)).isEqualTo(1);
            assertThat(pids()).isEqualTo(browser);
        }
    }

    /** As the browser itself says. */
    private static int contextsIn(BrowserSession session) {
        return session.context()
                .browser()
                .newBrowserCDPSession()
                .send("Target.getBrowserContexts")
                .getAsJsonArray("browserContextIds")
                .size();
    }

    @Test
    void aCrashOfTheBrowserIsToldToAllThatAreInItAndTheNextOnesGetAnother() throws Exception {
        List<Worker<String>> workers = new ArrayList<>();
        CountDownLatch open = new CountDownLatch(2);
        for (String id : List.of("one", "two")) {
            workers.add(Workers.start(
                    id,
                    () -> browsers.call(Requests.ephemeral(id), session -> {
                        session.page().navigate("about:blank");
                        open.countDown();
                        session.page().waitForTimeout(60_000);
                        return "";
                    })));
        }
        open.await();

        Machine.signal("KILL", Machine.browsers().get(0));

        for (Worker<String> worker : workers) {
            assertThatThrownBy(worker::result)
                    .cause()
                    .isInstanceOf(BrowserDiedException.class)
                    .hasMessageContaining("it was shared with other sessions");
        }
        assertThat(reports).extracting(SessionReport::cause).containsOnly(Optional.of(FailureCause.BROWSER_DIED));
        assertThat(pool.status().running()).isEmpty();
        assertThat(browsers.<String, RuntimeException>call(
                        Requests.ephemeral("next"), session -> session.page().title()))
                .isEmpty();
    }

    @Test
    void aContextWhoseEndCannotBeProvenCostsTheBrowserAndTheOthersAreToldWhoseItWas() throws Exception {
        try (BrowserSession other = browsers.open(Requests.ephemeral("other"));
                BrowserSession stuck = browsers.open(Requests.ephemeral("stuck"))) {
            ProcessHandle server = Machine.browsers().get(0).parent().orElseThrow();
            Machine.signal("STOP", server);

            pool.operations().revoke("stuck", "for the test");

            Workers.awaitState(pool, "stuck", SlotState.REVOKED);
            assertThat(pids()).isEmpty();
            assertThatThrownBy(other::page)
                    .isInstanceOf(BrowserDiedException.class)
                    .hasMessageContaining("request stuck, whose context did not end");
            assertThatThrownBy(stuck::page).isInstanceOf(LeaseLostException.class);
        }
    }

    @Test
    void aBrowserThatHasServedItsTimeGetsNobodyNewAndEndsWithItsLast() throws Exception {
        try (BrowserSessions few = sessions(policy -> policy.withMaxUses(2))) {
            BrowserSession first = few.open(Requests.ephemeral("1"));
            few.open(Requests.ephemeral("2")).close();
            List<Long> old = pids();
            assertThat(old).hasSize(1);

            try (BrowserSession third = few.open(Requests.ephemeral("3"))) {
                assertThat(pids()).hasSize(2);
                assertThat(first.page().evaluate("1")).isEqualTo(1);
                first.close();
                assertThat(pids()).hasSize(1).doesNotContainAnyElementsOf(old);
                third.complete();
            }
        }
        assertThat(WarmBrowsers.of(pool).shared().count())
                .as("what is remembered, and with it the pool")
                .isZero();
    }

    @Test
    void aBrowserThatBecameTooBigOrTooOldGetsNobodyNewAndServesThoseInItOn() throws Exception {
        List<UnaryOperator<ReusePolicy>> limits =
                List.of(policy -> policy.withMaxMemory(1), policy -> policy.withMaxAge(Duration.ofSeconds(2)));
        for (UnaryOperator<ReusePolicy> limit : limits) {
            try (BrowserSessions few = sessions(limit);
                    BrowserSession first = few.open(Requests.ephemeral("first"))) {
                List<Long> old = pids();
                await().until(() -> hasABrowserForItself(few));

                assertThat(first.page().evaluate("1")).isEqualTo(1);
                first.close();
                await().untilAsserted(() -> assertThat(pids()).doesNotContainAnyElementsOf(old));
            }
        }
    }

    private static boolean hasABrowserForItself(BrowserSessions sessions) throws InterruptedException {
        try (BrowserSession newcomer = sessions.open(Requests.ephemeral("newcomer"))) {
            newcomer.complete();
            return pids().size() == 2;
        }
    }

    @Test
    void ofThoseWhoComeAtOnceNoneIsOneTooManyForABrowser() throws Exception {
        try (BrowserSessions few =
                sessions(policy -> policy.withSessionsPerBrowser(3).withMaxUses(2))) {
            List<Worker<BrowserSession>> opening = Stream.of("1", "2", "3")
                    .map(id -> Workers.start(id, () -> few.open(Requests.ephemeral(id))))
                    .toList();
            List<BrowserSession> open = new ArrayList<>();
            for (Worker<BrowserSession> each : opening) {
                open.add(each.result());
            }
            assertThat(pids()).hasSize(2);
            open.forEach(BrowserSession::close);
        }
    }

    @Test
    void aBrowserInWhichOneCouldNotOpenGetsNobodyNew() throws Exception {
        try (BrowserSessions roomy = sessions(policy -> policy.withSessionsPerBrowser(3));
                BrowserSession first = roomy.open(Requests.ephemeral("first"))) {
            List<Long> old = pids();
            ProcessHandle server = Machine.browsers().get(0).parent().orElseThrow();
            Machine.signal("STOP", server);
            Worker<BrowserSession> second = Workers.start("second", () -> roomy.open(Requests.ephemeral("second")));
            await().until(SharedBrowserTest::isAboutToConnect);
            pool.operations().revoke("second", "for the test");
            assertThatThrownBy(second::result).isNotNull();
            Machine.signal("CONT", server);

            try (BrowserSession third = roomy.open(Requests.ephemeral("third"))) {
                assertThat(pids()).hasSize(2).containsAll(old);
                third.complete();
            }
            assertThat(first.page().evaluate("1")).isEqualTo(1);
        }
    }

    private static boolean isAboutToConnect() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Stream::of)
                .anyMatch(frame -> frame.getClassName().equals(SharedBrowser.class.getName())
                        && frame.getMethodName().equals("connect"));
    }

    private void forget() throws InterruptedException {
        BrowserContext unused = browsers.open(Requests.ephemeral("forgotten")).context();
    }
}
