package dev.browserpool.examples.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotRequest;
import dev.browserpool.examples.dashboard.Onlookers.Onlooker;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.BrowserSession;
import dev.browserpool.playwright.BrowserSessions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
class PageTest {
    private static final String MARKUP = "<img src=x onerror=window.harmed=1>'\"&<b>";

    private static Onlookers onlookers;

    @TempDir
    private Path directory;

    private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.builder()
            .maxBrowsers(1)
            .maxQueued(20_000)
            .maxQueuedPerProfile(20_000)
            .closeGrace(Duration.ofMillis(1))
            .build());
    private final List<String> complaints = new ArrayList<>();
    private PoolDashboard dashboard;

    @BeforeAll
    static void openEyes(@TempDir Path forAll) {
        onlookers = new Onlookers(forAll);
    }

    @AfterAll
    static void closeEyes() {
        onlookers.close();
    }

    @BeforeEach
    void open() {
        dashboard = open(0);
    }

    private PoolDashboard open(int port) {
        return PoolDashboard.open(
                pool,
                DashboardOptions.defaults()
                        .withPort(port)
                        .withEvidence(directory.resolve("evidence"))
                        .withPace(Duration.ofMillis(200)));
    }

    @AfterEach
    void close() {
        dashboard.close();
        pool.close();
    }

    private Onlooker viewer() throws InterruptedException {
        Onlooker session = onlookers.at(pool);
        Page page = session.page();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(dashboard.url());
        return session;
    }

    private List<CompletableFuture<?>> fill(int count, ProfileClaim... claim) {
        return IntStream.rangeClosed(1, count)
                .<CompletableFuture<?>>mapToObj(i -> {
                    SlotRequest.Builder request = SlotRequest.builder("task_" + i, OperationType.AGENT)
                            .workerId("worker-" + i % 3);
                    Stream.of(claim).forEach(request::profile);
                    return pool.acquireAsync(request.build());
                })
                .toList();
    }

    @Test
    void withFiveWaitingItShowsWhoRunsAndWhoWaitsAndCancelsByKeyboard() throws Exception {
        try (Onlooker session = viewer()) {
            List<CompletableFuture<?>> waiting = fill(5);
            Page page = session.page();
            assertThat(page.locator("#headline")).hasText("Full");
            assertThat(page.locator("#subline")).containsText("5 requests wait");
            assertThat(page.locator("#running .id")).hasText("viewer");
            assertThat(page.locator("#line .place")).hasText(new String[] {"1", "2", "3", "4", "5"});
            assertThat(page.locator("#timeline g.run")).hasCount(1);
            assertThat(page.locator("#timeline g.wait").first()).isAttached();
            assertThat(page.locator("#pager")).isHidden();
            assertNothingSerious(page);

            Locator cancel = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel task_3"));
            cancel.focus();
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Take task_3 out of the line?");
            page.keyboard().press("Escape");
            assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
            assertThat(waiting.get(2)).isNotDone();
            assertThat(cancel).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.locator("#ask-no")).isFocused();
            page.keyboard().press("Tab");
            assertNothingSerious(page);
            page.keyboard().press("Enter");
            assertThat(page.locator("#line .id")).hasText(new String[] {"task_1", "task_2", "task_4", "task_5"});
            assertThat(waiting.get(2)).isCompletedExceptionally();

            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            assertNothingSerious(page);
            page.setViewportSize(360, 740);
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(360);
            assertThat(complaints).isEmpty();
            session.complete();
        }
    }

    @Test
    void withTenThousandWaitingItStaysSmallAndTurnsItsPages() throws Exception {
        try (Onlooker session = viewer()) {
            fill(10_000);
            Page page = session.page();
            assertThat(page.locator("#fig-waiting")).hasText("10,000");
            assertThat(page.locator("#line tr")).hasCount(10);
            assertThat(page.locator("#page-range")).hasText("1–10 of 10,000");
            assertThat(page.locator("#timeline")).containsText("more wait");
            page.getByLabel("Last page").click();
            assertThat(page.locator("#line .id").first()).hasText("task_9991");
            assertThat(page.locator("#line .place").last()).hasText("10,000");
            page.getByLabel("Page before").click();
            assertThat(page.locator("#line .id").first()).hasText("task_9981");
            assertThat((Integer) page.evaluate("document.querySelectorAll('*').length"))
                    .isLessThan(1_500);
            assertThat(complaints).isEmpty();
            session.complete();
        }
    }

    @Test
    void whatComesFromUsersStaysTextAndAFailuresEvidenceIsShown() throws Exception {
        SlotRequest failing = SlotRequest.builder("fails " + MARKUP, OperationType.PRD)
                .description(MARKUP)
                .profile(ProfileClaim.exclusive("anna"))
                .workerId(MARKUP)
                .build();
        try (BrowserSessions browsers = BrowserSessions.builder(pool)
                        .profiles(directory.resolve("profiles"))
                        .evidence(directory.resolve("evidence"))
                        .build();
                BrowserSession session = browsers.open(failing)) {
            session.page().setContent("<title>&lt;script&gt;window.harmed=1&lt;/script&gt;</title><h1>Hello</h1>");
            session.fail(new IllegalStateException(MARKUP));
        }
        pool.profiles().quarantine("anna", MARKUP, MARKUP);
        pool.acquireAsync(SlotRequest.of("first", OperationType.PRD)).join().close();
        try (Onlooker session = viewer()) {
            fill(1, ProfileClaim.exclusive("anna"));
            pool.operations().pause(MARKUP);
            Page page = session.page();
            assertThat(page.locator("#subline")).containsText(MARKUP);
            assertThat(page.locator("#recent .bad .id")).hasText("fails " + MARKUP);
            assertThat(page.locator("#profiles .owner")).hasText(MARKUP + ": " + MARKUP);
            assertThat(page.locator("#conflicts")).containsText(MARKUP);
            page.getByLabel("History of anna").click();
            assertThat(page.locator("#show")).containsText("quarantined by " + MARKUP);
            page.locator("#show-close").click();

            page.getByLabel(Pattern.compile("Evidence of fails.*")).click();
            assertThat(page.locator("#show .facts")).containsText("<script>window.harmed=1</script>");
            assertThat(page.locator("#show .facts")).containsText(MARKUP);
            page.waitForFunction("document.querySelector('#show .shot').naturalWidth > 100");
            assertNothingSerious(page);
            assertThat(page.evaluate("window.harmed")).isNull();
            assertThat(page.locator("#main img[src=x]")).hasCount(0);
            assertThat(complaints).isEmpty();
            session.complete();
        }
    }

    @Test
    void aLostConnectionIsSaidAndWhatChangedMeanwhileIsThereAfterwards() throws Exception {
        try (Onlooker session = viewer()) {
            Page page = session.page();
            assertThat(page.locator("#connection")).hasText("live");
            dashboard.close();
            assertThat(page.locator("#headline")).hasText("Connection lost");
            assertThat(page.locator("#connection")).hasText("connection lost");
            pool.operations().resize(3);
            pool.acquireAsync(SlotRequest.of("meanwhile", OperationType.PRD))
                    .join()
                    .close();

            dashboard = open(URI.create(dashboard.url()).getPort());
            assertThat(page.locator("#connection")).hasText("live");
            assertThat(page.locator("#headline")).hasText("2 slots free");
            assertThat(page.locator("#recent .id")).hasText("meanwhile");
            session.complete();
        }
    }

    @Test
    void whoHasNoTokenLogsInOnAPageAndOut() throws Exception {
        dashboard.close();
        dashboard = PoolDashboard.open(
                pool, DashboardOptions.defaults().withAddress("127.0.0.1", "a-token-of-some-length"));
        try (Onlooker session = viewer()) {
            Page page = session.page();
            assertThat(page).hasURL(Pattern.compile(".*/browser-pool/login"));
            assertNothingSerious(page);
            page.getByLabel("Token of this dashboard").fill("guess");
            page.keyboard().press("Enter");
            assertThat(page.getByText("That was not the token.")).isVisible();
            page.getByLabel("Token of this dashboard").fill("a-token-of-some-length");
            page.keyboard().press("Enter");
            assertThat(page.locator("#headline")).hasText("Full");
            page.getByText("Log out").click();
            assertThat(page).hasURL(Pattern.compile(".*/browser-pool/login"));
            page.navigate(dashboard.url());
            assertThat(page).hasURL(Pattern.compile(".*/browser-pool/login"));
            session.complete();
        }
        await().until(() -> pool.status().load().used() == 0);
    }

    private static void assertNothingSerious(Page page) {
        List<String> serious = new AxeBuilder(page)
                .setLegacyMode(true).analyze().getViolations().stream()
                        .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
                        .map(PageTest::describe)
                        .toList();
        assertThat(serious).isEmpty();
    }

    private static String describe(Rule rule) {
        return rule.getId() + ": "
                + rule.getNodes().stream()
                        .map(node -> node.getHtml() + " " + node.getFailureSummary())
                        .toList();
    }
}
