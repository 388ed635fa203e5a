package dev.browserpool.examples.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.QueueFullException;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WebhooksTest {
    private final ObjectMapper json = new ObjectMapper();
    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.builder()
            .maxBrowsers(1)
            .maxQueued(1)
            .closeGrace(Duration.ZERO)
            .build());
    private HttpServer server;
    private volatile int answersWithErrors;
    private final CountDownLatch goOn = new CountDownLatch(1);
    private volatile boolean hangs;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    @AfterEach
    void close() {
        goOn.countDown();
        pool.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        if (hangs) {
            calls.incrementAndGet();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        boolean good = calls.incrementAndGet() > answersWithErrors;
        if (good) {
            heard.add(json.readTree(body));
        }
        exchange.sendResponseHeaders(good ? 204 : 503, -1);
        exchange.close();
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/s3cret?token=s3cret");
    }

    private WebhookOptions options() {
        return WebhookOptions.none()
                .all(address())
                .patience(Duration.ofSeconds(1), Duration.ofSeconds(30))
                .healthEvery(Duration.ofMillis(50));
    }

    private List<String> alerts() {
        return heard.stream().map(alert -> alert.get("alert").asText()).toList();
    }

    @Test
    void everyKindOfAlertReachesWhoeverWantsToKnow() throws Exception {
        try (Webhooks hooks = Webhooks.tell(pool, options())) {
            SlotLease lease = pool.acquire(SlotRequest.of("holder", OperationType.AGENT));
            CompletableFuture<SlotLease> queued = pool.acquireAsync(SlotRequest.builder("queued", OperationType.AGENT)
                    .timeout(Duration.ofMillis(200))
                    .build());
            assertThatThrownBy(() -> pool.acquire(SlotRequest.of("refused", OperationType.AGENT)))
                    .isInstanceOf(QueueFullException.class);
            await().until(queued::isCompletedExceptionally);
            lease.fail(new IllegalStateException("for the test"));
            lease.close();
            await().until(() -> alerts().contains("failed"));
            pool.close();

            await().untilAsserted(() ->
                    assertThat(alerts()).containsExactly("queued", "refused", "timed_out", "failed", "unhealthy"));
            assertThat(hooks.dropped()).isZero();
        }

        assertThat(heard.get(0).get("request_id").asText()).isEqualTo("queued");
        assertThat(heard.get(0).get("detail").asText()).isEqualTo("position 1");
        assertThat(heard.get(3).get("detail").asText()).contains("for the test");
    }

    @Test
    void aReceiverThatStumblesIsToldAgain() throws Exception {
        answersWithErrors = 2;
        try (Webhooks hooks = Webhooks.tell(pool, options())) {
            fail("a");

            await().untilAsserted(() -> assertThat(alerts()).containsExactly("failed"));
            assertThat(calls).hasValue(3);
        }
    }

    @Test
    void aReceiverThatHangsHarmsNobodyIsLeftAloneAndItsAddressIsNotLogged() throws Exception {
        hangs = true;
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Webhook.class);
        logger.addAppender(log);
        WebhookOptions impatient = options().patience(Duration.ofMillis(150), Duration.ofSeconds(30));
        try (Webhooks hooks = Webhooks.tell(pool, impatient)) {
            for (int i = 0; i < 200; i++) {
                fail("r" + i);
            }
            await().until(() -> !log.list.isEmpty());

            assertThat(calls.get()).isLessThanOrEqualTo(3);
            assertThat(log.list)
                    .singleElement()
                    .satisfies(line -> assertThat(line.getFormattedMessage())
                            .contains("127.0.0.1", "HttpTimeoutException", "is left alone for PT30S")
                            .doesNotContain("s3cret"));
            assertThat(impatient.toString()).doesNotContain("s3cret");
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void whatIsNoAddressIsRefusedWithoutBeingRepeated() {
        assertThatThrownBy(() -> WebhookOptions.none().all(URI.create("ftp://host/s3cret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scheme 'ftp'")
                .message()
                .doesNotContain("s3cret");
    }

    private void fail(String id) throws InterruptedException {
        try (SlotLease lease = pool.acquire(SlotRequest.of(id, OperationType.AGENT))) {
            lease.fail(new IllegalStateException("for the test"));
        }
    }
}
