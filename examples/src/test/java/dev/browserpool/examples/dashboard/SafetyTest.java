package dev.browserpool.examples.dashboard;

import static dev.browserpool.examples.dashboard.Caller.API;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is let in, and who is not. */
class SafetyTest {
    private static final String TOKEN = "a-token-of-some-length";
    private static final String PAUSE = "{\"reason\": \"x\"}";

    private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
    private PoolDashboard dashboard = PoolDashboard.open(pool, DashboardOptions.defaults());
    private Caller caller = new Caller(dashboard);

    @AfterEach
    void close() {
        dashboard.close();
        pool.close();
    }

    private void reopen(DashboardOptions options) {
        dashboard.close();
        dashboard = PoolDashboard.open(pool, options);
        caller = new Caller(dashboard);
    }

    @Test
    void itListensOnLoopbackUnlessThereIsAToken() {
        assertThat(dashboard.url()).startsWith("http://127.0.0.1:");
        DashboardOptions defaults = DashboardOptions.defaults();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DashboardOptions(
                        "0.0.0.0", 0, defaults.token(), Set.of(), defaults.evidence(), defaults.pace()))
                .withMessageContaining("set a token");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withAddress("0.0.0.0", "short"))
                .withMessageContaining("5 characters");
        assertThat(defaults.withAddress("0.0.0.0", TOKEN).toString()).doesNotContain(TOKEN);
    }

    @Test
    void whatAnotherSiteSendsIsRefusedAndNothingIsDone() {
        Map<String, String> foreign = Map.of(
                "cross-site", "Sec-Fetch-Site",
                "same-site", "Sec-Fetch-Site",
                "https://evil.example", "Origin",
                "http://127.0.0.1:1", "Origin",
                "null", "Origin");
        foreign.forEach((value, header) -> {
            HttpResponse<String> answer = caller.postUnmarked(API + "/pause", PAUSE, Gate.HEADER, "1", header, value);

            assertThat(answer.statusCode()).as(value).isEqualTo(403);
            assertThat(answer.body()).contains("cross-site");
        });
        assertThat(pool.status().pausedBy()).isEmpty();
    }

    @Test
    void aChangeWithoutTheMarkThatNoFormCanSendIsRefused() {
        assertThat(caller.postUnmarked(API + "/pause", PAUSE).statusCode()).isEqualTo(403);
        assertThat(caller.postUnmarked(API + "/pause", PAUSE, "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(403);
        assertThat(pool.status().pausedBy()).isEmpty();
        assertThat(caller.postUnmarked(API + "/pause", PAUSE, Gate.HEADER, "1", "Origin", caller.base())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anotherSiteCannotReadEitherButMayLeadSomebodyHere() {
        assertThat(caller.get(API + "/status", "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
        assertThat(caller.get("/browser-pool", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> answer = caller.get(API + "/status");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
    }

    @Test
    void aNameThatIsNotItsOwnIsRefused() throws IOException {
        List<String> names =
                List.of("evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example", "");
        for (String host : names) {
            assertThat(caller.raw("GET " + API + "/status", Map.of("Host", host)))
                    .as(host)
                    .matches("(?s)HTTP/1\\.1 4(21|00) .*")
                    .doesNotContain("maxBrowsers");
        }
    }

    @Test
    void namesThatItWasGivenAreItsOwn() throws IOException {
        reopen(DashboardOptions.defaults().withNames(Set.of("pool.example")));

        assertThat(caller.raw("GET " + API + "/status", Map.of("Host", "pool.example:8080")))
                .startsWith("HTTP/1.1 200");
        assertThat(caller.raw("GET " + API + "/status", Map.of("Host", "[::1]:8080")))
                .startsWith("HTTP/1.1 200");
        assertThat(caller.raw("GET " + API + "/status", Map.of("Host", "other.example")))
                .startsWith("HTTP/1.1 421");
    }

    @Test
    void withoutTheTokenNothingIsToldAndThePageLeadsToTheLogin() {
        reopen(DashboardOptions.defaults().withAddress("127.0.0.1", TOKEN));

        for (String path : new String[] {"/status", "/events", "/evidence/a/b", "/openapi.json", "/nothing"}) {
            assertThat(caller.get(API + path).statusCode()).as(path).isEqualTo(401);
        }
        assertThat(caller.get(API + "/status", "Authorization", "Bearer " + TOKEN + "x")
                        .statusCode())
                .isEqualTo(401);
        assertThat(caller.postUnmarked(API + "/pause", PAUSE, "Authorization", "Basic eDp5")
                        .statusCode())
                .isEqualTo(401);
        HttpResponse<String> page = caller.get("/browser-pool");
        assertThat(page.statusCode()).isEqualTo(303);
        assertThat(page.headers().firstValue("Location")).contains("/browser-pool/login");
        assertThat(caller.get("/browser-pool/dashboard.js").statusCode()).isEqualTo(303);
        assertThat(caller.get("/browser-pool/dashboard.css").statusCode()).isEqualTo(200);
    }

    @Test
    void whoKnowsTheTokenIsLetInAndGetsACookieThatNoScriptReads() {
        reopen(DashboardOptions.defaults().withAddress("127.0.0.1", TOKEN));
        assertThat(caller.get(API + "/status", "Authorization", "Bearer " + TOKEN)
                        .statusCode())
                .isEqualTo(200);
        assertThat(caller.postUnmarked(API + "/pause", PAUSE, "Authorization", "Bearer " + TOKEN)
                        .statusCode())
                .isEqualTo(200);

        String form = "application/x-www-form-urlencoded";
        HttpResponse<String> wrong = caller.postUnmarked("/browser-pool/login", "token=guess", "Content-Type", form);
        assertThat(wrong.headers().firstValue("Location")).contains("/browser-pool/login#wrong");
        assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
        HttpResponse<String> right = caller.postUnmarked("/browser-pool/login", "token=" + TOKEN, "Content-Type", form);
        String cookie = right.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").doesNotContain(TOKEN);
        String pair = cookie.substring(0, cookie.indexOf(';'));
        assertThat(caller.get(API + "/status", "Cookie", pair).statusCode()).isEqualTo(200);

        assertThat(caller.postUnmarked("/browser-pool/logout", "", "Cookie", pair, Gate.HEADER, "1")
                        .statusCode())
                .isEqualTo(204);
        assertThat(caller.get(API + "/status", "Cookie", pair).statusCode()).isEqualTo(401);
    }

    @Test
    void aFormOfAnotherSiteCannotLogIn() {
        reopen(DashboardOptions.defaults().withAddress("127.0.0.1", TOKEN));
        HttpResponse<String> answer = caller.postUnmarked(
                "/browser-pool/login",
                "token=" + TOKEN,
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Origin",
                "https://evil.example");

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void everyAnswerForbidsForeignContentAndFrames() {
        for (String path : new String[] {"/browser-pool", API + "/status", "/nothing", "/browser-pool/login"}) {
            HttpResponse<String> answer = caller.get(path);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .as(path)
                    .contains("default-src 'none'", "frame-ancestors 'none'", "script-src 'self'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void nothingOfThePackageIsServedButThePage() {
        assertThat(caller.get("/browser-pool/timeline.js").statusCode()).isEqualTo(200);
        assertThat(caller.get("/browser-pool/PoolDashboard.class").statusCode()).isEqualTo(404);
        assertThat(caller.get("/browser-pool/..%2fDemo.class").statusCode()).isIn(400, 404);
    }
}
