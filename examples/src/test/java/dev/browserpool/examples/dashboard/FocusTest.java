package dev.browserpool.examples.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.browserpool.examples.dashboard.Caller.API;
import static dev.browserpool.examples.dashboard.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotRequest;
import dev.browserpool.examples.dashboard.Onlookers.Onlooker;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever has put the focus somewhere keeps it, whatever the page hears next. What it hears is made here, to be the same each time. */
class FocusTest {
    private static Onlookers onlookers;

    private final BrowserPool pool = InMemoryBrowserPool.create(
            PoolConfig.builder().maxBrowsers(1).closeGrace(Duration.ofMillis(1)).build());
    private final PoolDashboard dashboard = PoolDashboard.open(pool, DashboardOptions.defaults());
    private final Caller caller = new Caller(dashboard);
    private volatile JsonNode status;
    private volatile JsonNode recent;
    private int heard;

    @BeforeAll
    static void openEyes(@TempDir Path forAll) {
        onlookers = new Onlookers(forAll);
    }

    @AfterAll
    static void closeEyes() {
        onlookers.close();
    }

    @AfterEach
    void close() {
        dashboard.close();
        pool.close();
    }

    /** A viewer whose stream breaks off after each status, so that the next one comes when the page has opened it anew. */
    private Onlooker viewer() throws InterruptedException {
        Onlooker session = onlookers.at(pool);
        for (int i = 1; i <= 5; i++) {
            String id = "task_" + i;
            pool.acquireAsync(SlotRequest.of(id, OperationType.AGENT));
            await().until(() -> pool.slot(id).isPresent());
        }
        pool.cancel("task_5");
        await().until(() -> pool.recent(1).size() == 1);
        status = json(caller.get(API + "/status"));
        recent = json(caller.get(API + "/recent"));
        Page page = session.page();
        page.route(
                Pattern.compile(".*/events\\?.*"),
                route -> fulfil(route, "text/event-stream", "event: status\ndata: " + status + "\n\n"));
        page.route(Pattern.compile(".*/recent\\?.*"), route -> fulfil(route, "application/json", recent.toString()));
        page.navigate(dashboard.url());
        return session;
    }

    private static void fulfil(Route route, String type, String body) {
        route.fulfill(new Route.FulfillOptions().setContentType(type).setBody(body));
    }

    @Test
    void instantsThatComeALittleLaterLeaveEveryRowWhereItIs() throws Exception {
        try (Onlooker session = viewer()) {
            Page page = session.page();
            Locator cancel = page.getByLabel("Cancel task_3");
            cancel.focus();
            page.evaluate("() => { window.row = document.querySelector('#recent tr'); }");

            JsonNode later = status.deepCopy();
            later.at("/line").forEach(waiting -> shift(waiting.get("slot"), "requestedAt"));
            later.at("/running").forEach(slot -> shift(slot, "requestedAt", "grantedAt", "mustEndBy"));
            JsonNode laterRecent = recent.deepCopy();
            laterRecent.forEach(slot -> shift(slot, "requestedAt", "endedAt"));
            hear(page, later, laterRecent);

            assertThat(cancel).isFocused();
            assertThat(page.locator("#recent .id")).hasText("task_5");
            assertThat(page.evaluate("window.row === document.querySelector('#recent tr')"))
                    .isEqualTo(true);
            session.complete();
        }
    }

    @Test
    void whoeverLeavesTheLineBeforeItMovesNobodyBehindIt() throws Exception {
        try (Onlooker session = viewer()) {
            Page page = session.page();
            Locator cancel = page.getByLabel("Cancel task_3");
            cancel.focus();
            page.evaluate("""
                    () => {
                      window.moved = 0;
                      new MutationObserver((changes) => changes.forEach((change) => { window.moved += change.addedNodes.length; }))
                        .observe(document.getElementById('line'), { childList: true });
                    }""");

            JsonNode later = status.deepCopy();
            ((ArrayNode) later.at("/line")).remove(0);
            hear(page, later, recent);

            assertThat(page.locator("#line .id")).hasText(new String[] {"task_2", "task_3", "task_4"});
            assertThat(cancel).isFocused();
            assertThat(page.evaluate("window.moved")).isEqualTo(0);

            JsonNode without = later.deepCopy();
            ((ArrayNode) without.at("/line")).remove(1);
            hear(page, without, recent);
            assertThat(page.locator("#line .id")).hasText(new String[] {"task_2", "task_4"});
            assertThat(page.getByLabel("Cancel task_4")).isFocused();
            session.complete();
        }
    }

    /** The same children in any order, some new, some gone: at the end the right ones, in order, and no more moved than has to be. */
    @Test
    void childrenAreKeptInOrderWithTheFewestMoves() throws Exception {
        try (Onlooker session = viewer()) {
            Object wrong = session.page().evaluate("""
                    async (cases) => {
                      const { el, keep } = await import('/browser-pool/dom.js');
                      return cases.filter(([before, after, moves]) => {
                        const list = document.body.appendChild(el('ul'));
                        const show = (items) => keep(list, [...items], (it) => it, (it) => el('li', { text: it }), () => {});
                        show(before);
                        let moved = 0;
                        const insert = list.insertBefore.bind(list);
                        list.insertBefore = (node, next) => { moved++; return insert(node, next); };
                        show(after);
                        list.remove();
                        return list.textContent !== after || moved !== moves;
                      });
                    }""", CASES);

            assertThat(wrong).isEqualTo(List.of());
            session.complete();
        }
    }

    private static final List<List<Object>> CASES = List.of(
            List.of("abc", "abc", 0),
            List.of("abc", "bc", 0),
            List.of("abcd", "bd", 0),
            List.of("abc", "xabc", 1),
            List.of("abc", "cab", 1),
            List.of("abcde", "bcdea", 1),
            List.of("abcde", "edcba", 4),
            List.of("abcd", "xdya", 3),
            List.of("", "ab", 2),
            List.of("ab", "", 0));

    /** Both, and that it has been heard: the name is another one each time. */
    private void hear(Page page, JsonNode next, JsonNode nextRecent) {
        String name = "heard " + ++heard;
        ((ObjectNode) next).put("name", name);
        recent = nextRecent;
        status = next;
        assertThat(page.locator("#name")).hasText(name);
        // What is asked for along with it has been answered by then, or is by now: the answer is the same each time.
        page.waitForResponse(Pattern.compile(".*/recent\\?.*"), () -> {});
    }

    private static void shift(JsonNode slot, String... names) {
        for (String name : names) {
            Instant later = Instant.parse(slot.get(name).asText()).plusMillis(1);
            ((ObjectNode) slot).put(name, later.toString());
        }
    }
}
