package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.LeaseLostException;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.Workers.Worker;
import dev.browserpool.playwright.host.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which browsers and drivers live on, for whom, and until when. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class ReuseTest {
    private static final ReusePolicy WARM = ReusePolicy.warm();

    @TempDir
    Path directory;

    private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
    private BrowserSessions browsers;

    @BeforeEach
    void open() {
        browsers = sessions(policy -> policy);
    }

    private BrowserSessions sessions(UnaryOperator<ReusePolicy> change) {
        return BrowserSessions.builder(pool)
                .profiles(directory)
                .reuse(change.apply(WARM))
                .build();
    }

    @AfterEach
    void close() {
        browsers.close();
        pool.close();
    }

    /** The processes that a session of this request ran in. */
    private record Ran(long browser, long driver) {}

    private Ran run(SlotRequest request) throws Exception {
        return browsers.call(request, session -> {
            session.page().navigate("about:blank");
            return ran();
        });
    }

    private static Ran ran() {
        assertThat(Machine.browsers()).hasSize(1);
        assertThat(Machine.drivers()).hasSize(1);
        return new Ran(Machine.browsers().get(0).pid(), Machine.drivers().get(0).pid());
    }

    @Test
    void withoutAProfileTheNextSessionGetsTheSameBrowserUntilItHasServedItsTime() throws Exception {
        browsers = sessions(policy -> policy.withMaxUses(2));

        Ran first = run(Requests.ephemeral("1"));
        Ran second = run(Requests.ephemeral("2"));
        assertThat(Machine.browsers()).isEmpty();
        Ran third = run(Requests.ephemeral("3"));

        assertThat(second).isEqualTo(first);
        assertThat(third.browser()).isNotEqualTo(first.browser());
        assertThat(third.driver()).isNotEqualTo(first.driver());
        browsers.close();
        assertThat(Machine.leftProcesses()).isEmpty();
    }

    @Test
    void withAProfileTheNextSessionGetsAFreshBrowserUnderTheSameDriverAndNoBrowserIsOneTooMany() throws Exception {
        Sampler sampler = new Sampler();

        Ran first = run(Requests.onProfile("1", "shop"));
        assertThat(Machine.browsers()).isEmpty();
        Ran second = run(Requests.onProfile("2", "shop"));
        Ran ephemeral = run(Requests.ephemeral("3"));
        Ran third = run(Requests.onProfile("4", "market"));

        sampler.stop();
        assertThat(List.of(second.driver(), ephemeral.driver(), third.driver())).containsOnly(first.driver());
        assertThat(List.of(first.browser(), second.browser(), ephemeral.browser(), third.browser()))
                .doesNotHaveDuplicates();
        assertThat(sampler.most()).hasSize(1);
        assertThat(directory.resolve("shop/.browser-pool.owner.json")).content().contains("\"dirty\":false");
    }

    @Test
    void aSessionThatNeedsAnotherLaunchClosesTheIdleBrowserFirst() throws Exception {
        Sampler sampler = new Sampler();
        Ran first = run(Requests.ephemeral("1"));

        try (BrowserSession other = browsers.open(Requests.ephemeral("2"), options -> options.arguments("--other"))) {
            assertThat(ran().browser()).isNotEqualTo(first.browser());
            assertThat(Processes.commandLine(Machine.browsers().get(0))).contains("--other");
            other.complete();
        }

        sampler.stop();
        assertThat(sampler.most()).hasSize(1);
    }

    @Test
    void aLoweredLimitClosesWhatIsTooMuchAlsoIfOneOfItFitsTheNextSession() throws Exception {
        pool.operations().resize(2);
        try (BrowserSession first = browsers.open(Requests.ephemeral("1"));
                BrowserSession second = browsers.open(Requests.ephemeral("2"))) {
            first.complete();
            second.complete();
        }
        await().until(() -> WarmBrowsers.of(pool).idle() == 2);
        pool.operations().resize(1);

        run(Requests.ephemeral("3"));

        assertThat(Machine.browsers()).hasSize(1);
    }

    @Test
    void aBrowserThatBecameTooBigOrTooOldServesNobodyAnyMore() throws Exception {
        browsers = sessions(policy -> policy.withMaxMemory(1));
        run(Requests.ephemeral("big"));
        await().untilAsserted(() -> assertThat(Machine.browsers()).isEmpty());
        browsers.close();

        browsers = sessions(policy -> policy.withMaxAge(Duration.ofNanos(1)));
        run(Requests.ephemeral("old"));

        assertThat(Machine.leftProcesses()).isEmpty();
    }

    @Test
    void whatNobodyUsesIsClosedAfterItsIdleTime() throws Exception {
        browsers = sessions(policy -> policy.withIdleTime(Duration.ofSeconds(1)).withPrepared(false));

        run(Requests.ephemeral("1"));
        assertThat(Machine.browsers()).hasSize(1);
        await().untilAsserted(() -> assertThat(Machine.leftProcesses()).isEmpty());
        run(Requests.onProfile("2", "shop"));

        assertThat(Machine.drivers()).hasSize(1);
        await().untilAsserted(() -> assertThat(Machine.leftProcesses()).isEmpty());
    }

    @Test
    void aBrowserThatDiesUnderItsSessionHarmsNoOther() throws Exception {
        assertThatThrownBy(() -> browsers.call(Requests.ephemeral("1"), session -> {
                    session.page().navigate("about:blank");
                    ProcessHandle browser = Machine.browsers().get(0);
                    Machine.signal("KILL", browser);
                    await().until(() -> !Processes.isAlive(browser));
                    return session.page().title();
                }))
                .isInstanceOf(BrowserDiedException.class);

        assertThat(Machine.browsers()).isEmpty();
        run(Requests.ephemeral("2"));
        assertThat(pool.status().running()).isEmpty();
    }

    @Test
    void aBrowserThatDiesOrHangsWhileItIsIdleIsNeverHandedOut() throws Exception {
        Ran first = run(Requests.ephemeral("1"));
        await().until(this::isIdle);
        Machine.signal("KILL", Machine.browsers().get(0));
        Ran second = run(Requests.ephemeral("2"));
        await().until(this::isIdle);
        Machine.signal("STOP", Machine.browsers().get(0));
        Ran third = run(Requests.ephemeral("3"));

        assertThat(List.of(first.browser(), second.browser(), third.browser())).doesNotHaveDuplicates();
        Machine.signal("KILL", Machine.browsers().get(0));
        await().untilAsserted(() -> assertThat(Machine.leftProcesses()).isEmpty());
    }

    /** On a busy machine whoever waits may come too late for the browser, so he may try again. */
    @Test
    void aContextIsMadeAheadOnlyWhileNobodyWaits() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        await().until(() -> nothingIsMadeForOneWhoWaits(tries.incrementAndGet()));

        await().until(this::isIdle);
        assertThat(pagesOf("after a rest")).isEqualTo(1);
    }

    private boolean nothingIsMadeForOneWhoWaits(int turn) throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        Worker<Ran> first = Workers.start(
                "first",
                () -> browsers.call(Requests.ephemeral("first" + turn), session -> {
                    mayEnd.await();
                    return ran();
                }));
        Workers.awaitState(pool, "first" + turn, SlotState.RUNNING);
        Worker<Ran> waiting = Workers.start(
                "waiting",
                () -> browsers.call(
                        Requests.ephemeral("waiting" + turn),
                        session -> session.context().pages().isEmpty() ? ran() : new Ran(0, 0)));
        Workers.awaitState(pool, "waiting" + turn, SlotState.WAITING);
        mayEnd.countDown();
        return waiting.result().equals(first.result());
    }

    private int pagesOf(String requestId) throws Exception {
        return browsers.call(
                Requests.ephemeral(requestId),
                session -> session.context().pages().size());
    }

    @Test
    void aLostLeaseNeverLeavesItsBrowserToOthers() throws Exception {
        Ran first = run(Requests.ephemeral("1"));
        BrowserSession session = browsers.open(Requests.ephemeral("2"));
        assertThat(ran()).isEqualTo(first);

        pool.operations().revoke("2", "for the test");
        assertThatThrownBy(session::page).isInstanceOf(LeaseLostException.class);
        session.close();

        assertThat(Machine.leftProcesses()).isEmpty();
        assertThat(run(Requests.ephemeral("3")).browser()).isNotEqualTo(first.browser());
    }

    @Test
    void aSessionThatFailsInOrderLeavesItsBrowserToTheNext() throws Exception {
        Ran first = run(Requests.ephemeral("1"));

        assertThatThrownBy(() -> browsers.call(Requests.ephemeral("2"), session -> {
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");

        assertThat(run(Requests.ephemeral("3"))).isEqualTo(first);
    }

    @Test
    void contextsThatASessionLeavesOpenEndItsBrowser() throws Exception {
        Ran first = run(Requests.ephemeral("1"));

        browsers.call(
                Requests.ephemeral("2"), session -> session.context().browser().newContext());

        assertThat(Machine.browsers()).isEmpty();
        assertThat(run(Requests.ephemeral("3")).browser()).isNotEqualTo(first.browser());
    }

    private boolean isIdle() {
        return WarmBrowsers.of(pool).idle() == 1;
    }
}
