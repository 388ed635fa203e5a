package dev.browserpool.examples.dashboard;

import static dev.browserpool.examples.dashboard.Caller.API;
import static dev.browserpool.examples.dashboard.Caller.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** How often somebody may guess, how long a request may take, and how long a login lasts. */
@Timeout(30)
@Isolated("it listens to all that is logged")
class LimitsTest {
    private static final String TOKEN = "a-token-of-some-length";
    private static final String LOGIN = "/browser-pool/login";
    private static final String[] FORM = {"Content-Type", "application/x-www-form-urlencoded"};

    private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
    private final AtomicLong nanos = new AtomicLong();
    private final Guesses guesses = new Guesses(nanos::get);

    @AfterEach
    void close() {
        pool.close();
    }

    private PoolDashboard guarded() {
        return PoolDashboard.open(pool, DashboardOptions.defaults().withAddress("127.0.0.1", TOKEN));
    }

    private static String bearer(String token) {
        return "Bearer " + token;
    }

    @Test
    void afterTenWrongTokensNoneIsLookedAtButWhoIsLoggedInStaysSo() {
        try (PoolDashboard dashboard = guarded()) {
            Caller caller = new Caller(dashboard);
            String cookie = logIn(caller);
            for (int i = 0; i < Guesses.AT_ONCE - 1; i++) {
                assertThat(caller.get(API + "/status", "Authorization", bearer("guess-" + i))
                                .statusCode())
                        .isEqualTo(401);
            }
            assertThat(caller.postUnmarked(LOGIN, "token=guess", FORM).statusCode())
                    .isEqualTo(303);

            HttpResponse<String> right = caller.get(API + "/status", "Authorization", bearer(TOKEN));
            assertThat(right.statusCode()).isEqualTo(429);
            assertThat(right.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
            assertThat(json(right).at("/code").asText()).isEqualTo("too-many-guesses");
            assertThat(right.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(1L, Guesses.EACH.toSeconds());
            HttpResponse<String> page = caller.postUnmarked(LOGIN, "token=" + TOKEN, FORM);
            assertThat(page.statusCode()).isEqualTo(429);
            assertThat(page.headers().firstValue("Retry-After")).isPresent();
            assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(page.body()).contains("id=\"later\" class");
            assertThat(caller.get(API + "/status", "Cookie", cookie).statusCode())
                    .isEqualTo(200);
            assertThat(caller.get(API + "/status").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void oneMoreMayBeTriedEverySoOftenAndAnotherAddressIsNotConcerned() {
        for (int i = 0; i < Guesses.AT_ONCE; i++) {
            assertThat(guesses.from("192.0.2.1", () -> false).mustWait()).isEmpty();
        }
        assertThat(guesses.from("192.0.2.1", () -> true).mustWait()).contains(Guesses.EACH);
        assertThat(guesses.from("192.0.2.2", () -> true).isRight()).isTrue();

        nanos.addAndGet(Guesses.EACH.toNanos());
        assertThat(guesses.from("192.0.2.1", () -> false).mustWait()).isEmpty();
        assertThat(guesses.from("192.0.2.1", () -> true).mustWait()).isPresent();
        nanos.addAndGet(Guesses.EACH.toNanos());
        assertThat(guesses.from("192.0.2.1", () -> true).isRight()).isTrue();
    }

    @Test
    void aWholeNetworkIsOnePlaceAndOnlySoManyAreRemembered() {
        for (int i = 0; i < Guesses.AT_ONCE; i++) {
            guesses.from("2001:db8:0:1::" + i, () -> false);
        }
        assertThat(guesses.from("2001:db8:0:1::ffff", () -> true).mustWait()).isPresent();
        assertThat(guesses.from("2001:db8:0:2::1", () -> true).isRight()).isTrue();

        for (int i = 0; i < Guesses.MOST + 10; i++) {
            guesses.from("10.1." + i / 250 + "." + i % 250, () -> false);
        }
        assertThat(guesses.remembered()).isEqualTo(Guesses.MOST);
    }

    @Test
    void aBodyThatDoesNotArriveInTimeIsCutOff() throws IOException {
        try (PoolDashboard dashboard = PoolDashboard.open(pool, DashboardOptions.defaults(), new Body(Duration.ZERO))) {
            String answer = new Caller(dashboard)
                    .raw("POST " + API + "/pause", Map.of("Content-Length", "100"), "{\"reason\": ");

            assertThat(answer).startsWith("HTTP/1.1 408").contains("Connection: close", Problem.MEDIA_TYPE);
            assertThat(pool.status().pausedBy()).isEmpty();
        }
    }

    @Test
    void aBodyThatDoesNotSayHowLongItIsIsCountedAsItComes() throws IOException {
        try (PoolDashboard dashboard = PoolDashboard.open(pool, DashboardOptions.defaults())) {
            Caller caller = new Caller(dashboard);
            String chunk = Integer.toHexString(Body.LONGEST + 1) + "\r\n" + "x".repeat(Body.LONGEST + 1) + "\r\n";

            for (String path : new String[] {API + "/pause", LOGIN}) {
                assertThat(caller.raw("POST " + path, Map.of("Transfer-Encoding", "chunked"), chunk))
                        .startsWith("HTTP/1.1 413")
                        .contains(Problem.MEDIA_TYPE);
            }
        }
    }

    @Test
    void eventsEndWithTheLogin() throws Exception {
        try (PoolDashboard dashboard = guarded()) {
            Caller caller = new Caller(dashboard);
            String cookie = logIn(caller);
            try (InputStream events =
                    caller.open(API + "/events?kinds=paused", "Cookie", cookie).body()) {
                assertThat(events.read()).isEqualTo(':');
                caller.postUnmarked("/browser-pool/logout", "", "Cookie", cookie, Gate.HEADER, "1");
                pool.operations().pause("nobody is to hear this");

                assertThat(new String(events.readAllBytes(), UTF_8)).doesNotContain("nobody");
            }
        }
    }

    @Test
    void viewersThatBreakOffLeaveTheirPlaces() throws Exception {
        try (PoolDashboard dashboard = PoolDashboard.open(pool, DashboardOptions.defaults())) {
            for (int i = 0; i < 2 * Viewers.MOST; i++) {
                await().until(() -> isLetInAndBreaksOff(URI.create(dashboard.url())));
                pool.operations().pause("something to tell");
                pool.operations().resume();
            }
        }
    }

    private static boolean isLetInAndBreaksOff(URI server) throws IOException {
        try (Socket socket = follow(server)) {
            socket.setSoLinger(true, 0);
            return answer(socket).equals("HTTP/1.1 200");
        }
    }

    private static Socket follow(URI server) throws IOException {
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.getOutputStream().write(("GET " + API + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(UTF_8));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(12), UTF_8);
    }

    @Test
    void aServerThatStopsWhileSomebodyFollowsSaysNothingOfIt() throws Exception {
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        Logger all = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        said.start();
        all.addAppender(said);
        List<Socket> viewers = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                try (PoolDashboard dashboard = PoolDashboard.open(pool, DashboardOptions.defaults())) {
                    for (int j = 0; j < 8; j++) {
                        Socket viewer = follow(URI.create(dashboard.url()));
                        viewers.add(viewer);
                        assertThat(answer(viewer)).isEqualTo("HTTP/1.1 200");
                    }
                }
            }
        } finally {
            all.detachAppender(said);
            for (Socket viewer : viewers) {
                viewer.close();
            }
        }
        assertThat(said.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }

    @Test
    void whoseLoginIsOverHearsNothingMoreAlsoIfNothingHappens() throws InterruptedException {
        Feed feed = new Feed();
        AtomicBoolean lasts = new AtomicBoolean(true);
        Feed.Wish all = new Feed.Wish(0, 0, event -> true);
        assertThat(feed.await(all, lasts::get, Duration.ZERO)).isPresent();

        // Over by its time: nobody says so.
        assertThat(feed.await(all, () -> lasts.getAndSet(false), Duration.ofMillis(1)))
                .isEmpty();
        feed.publish("queued", "{}");
        assertThat(feed.await(all, lasts::get, Duration.ZERO)).isEmpty();
    }

    private static String logIn(Caller caller) {
        HttpResponse<String> answer = caller.postUnmarked(LOGIN, "token=" + TOKEN, FORM);
        return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    }
}
