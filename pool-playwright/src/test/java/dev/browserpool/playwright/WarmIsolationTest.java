package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.Workers.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session does in a warm browser is not there for the next one in it. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class WarmIsolationTest {
    private static final String STATE = """
            async () => [
              document.cookie,
              localStorage.getItem('who'),
              sessionStorage.getItem('who'),
              (await indexedDB.databases()).length,
              (await caches.keys()).length,
              (await navigator.serviceWorker.getRegistrations()).length,
              (await navigator.permissions.query({name: 'geolocation'})).state,
              'exposed' in window,
              'injected' in window,
            ]""";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingOfASessionIsInTheNextOneInTheSameBrowser(boolean prepared) throws Exception {
        try (TestSite site = new TestSite();
                BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
                BrowserSessions browsers = BrowserSessions.builder(pool)
                        .reuse(ReusePolicy.warm().withPrepared(prepared))
                        .build()) {
            Path temporary = browsers.call(Requests.ephemeral("first"), session -> {
                leaveTraces(session.context(), session.page(), site);
                return temporaryDirectory();
            });
            long browser = Machine.browsers().get(0).pid();
            await("the browser to be ready").until(() -> WarmBrowsers.of(pool).idle() == 1);

            browsers.call(Requests.ephemeral("second"), session -> {
                assertThat(Machine.browsers()).extracting(ProcessHandle::pid).containsExactly(browser);
                assertThat(session.context().pages()).hasSize(prepared ? 1 : 0);
                assertThat(session.context().cookies()).isEmpty();
                assertThat(session.context().storageState()).isEqualTo("{\"cookies\":[],\"origins\":[]}");
                Page page = session.page();
                // With the first one's timeout of a millisecond this would not arrive; nor without the network, or with
                // its route.
                page.navigate(site.url("/hello"));
                assertThat(page.title()).isEqualTo("hello");
                assertThat(page.evaluate(STATE))
                        .isEqualTo(Arrays.asList("", null, null, 0, 0, 0, "prompt", false, false));
                assertThat(page.evaluate("navigator.language")).isNotEqualTo("xx");
                assertThat(session.context().pages()).hasSize(1);
                assertThat(downloads(temporary)).isEmpty();
                return null;
            });
        }
    }

    private static void leaveTraces(BrowserContext context, Page page, TestSite site) {
        page.navigate(site.url("/remember?who=anna"));
        page.evaluate("""
                async () => {
                  sessionStorage.setItem('who', 'anna');
                  await new Promise(done => indexedDB.open('anna').onsuccess = done);
                  await caches.open('anna');
                  await navigator.serviceWorker.register('/worker.js');
                  await navigator.serviceWorker.ready;
                }""");
        page.waitForDownload(() -> page.evaluate(
                "() => Object.assign(document.createElement('a'), {href: '/file', download: 'file'}).click()"));
        context.addCookies(List.of(new Cookie("token", "s3cret").setUrl(site.url("/"))));
        context.grantPermissions(List.of("geolocation"));
        context.exposeFunction("exposed", arguments -> "anna");
        context.addInitScript("window.injected = true");
        context.setExtraHTTPHeaders(Map.of("X-Who", "anna"));
        assertThat(page.evaluate(STATE).toString()).contains("who=anna", "token=s3cret", "granted", "true");
        context.route("**/*", route -> route.abort());
        context.newPage();
        context.setOffline(true);
        context.setDefaultTimeout(1);
        context.setDefaultNavigationTimeout(1);
    }

    private static Path temporaryDirectory() {
        return Machine.temporaryDirectories().stream()
                .filter(path -> path.getFileName().toString().startsWith("browser-pool-"))
                .findFirst()
                .orElseThrow();
    }

    /** By their content: Playwright gives them names of its own. */
    private static List<Path> downloads(Path temporary) throws IOException {
        try (Stream<Path> files = Files.walk(temporary)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toFile().length() == "to be downloaded".length())
                    .toList();
        }
    }

    @Test
    void sessionsOfManyThreadsInTwoSlotsAreNeverInOneAnothersWayAndNeverMoreThanTwoBrowsers(@TempDir Path profiles)
            throws Exception {
        try (TestSite site = new TestSite();
                BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(2));
                BrowserSessions browsers = BrowserSessions.builder(pool)
                        .profiles(profiles)
                        .reuse(ReusePolicy.warm().withMaxUses(5))
                        .build()) {
            Sampler sampler = new Sampler();
            List<Worker<String>> workers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String who = "anna-" + i;
                SlotRequest request = i % 4 == 3 ? Requests.onProfile(who, "shop") : Requests.ephemeral(who);
                String language = i % 5 == 4 ? "de-DE" : "en-US";
                workers.add(Workers.start(who, () -> {
                    try (BrowserSession session = browsers.open(request, options -> options.locale(language))) {
                        session.page().navigate(site.url("/remember?who=" + who));
                        session.page().navigate(site.url("/show"));
                        session.complete();
                        return session.page().textContent("#cookie")
                                + session.page().evaluate("navigator.language");
                    }
                }));
            }
            for (int i = 0; i < workers.size(); i++) {
                assertThat(workers.get(i).result()).isEqualTo("who=anna-" + i + (i % 5 == 4 ? "de-DE" : "en-US"));
            }

            sampler.stop();
            assertThat(sampler.most()).hasSizeLessThanOrEqualTo(2);
        }
    }
}
