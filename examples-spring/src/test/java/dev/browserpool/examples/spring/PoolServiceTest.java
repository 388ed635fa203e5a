package dev.browserpool.examples.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.browserpool.BrowserPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service with a real browser: it starts, works, is watched, and ends after what is under way. */
class PoolServiceTest {
    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch visited = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private HttpServer site;

    @BeforeEach
    void open() throws IOException {
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            visited.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            byte[] page = "<title>Hello from a browser</title>".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        site.start();
    }

    @AfterEach
    void close() {
        answer.countDown();
        site.stop(0);
    }

    @Test
    void itStartsIsWatchedAndFinishesWhatIsUnderWayBeforeItEnds() throws Exception {
        ConfigurableApplicationContext service = SpringApplication.run(
                PoolService.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--logging.level.root=WARN",
                "--BROWSER_POOL_NAME=shop",
                "--example.directory=" + directory,
                "--example.page=http://127.0.0.1:" + site.getAddress().getPort() + "/");
        try {
            String address = "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port");
            BrowserPool pool = service.getBean(BrowserPool.class);
            assertThat(pool.config().name()).isEqualTo("shop");
            assertThat(pool.config().maxBrowsers()).isEqualTo(2);
            CompletableFuture<HttpResponse<String>> title = get(address + "/title");
            assertThat(visited.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(get(address + "/actuator/health/readiness").join().body())
                    .contains("\"status\":\"UP\"", "shop");
            assertThat(get(address + "/actuator/metrics/browser.pool.slots.limit")
                            .join()
                            .body())
                    .contains("\"value\":2.0");
            assertThat(get(address + "/actuator/prometheus").join().body())
                    .contains(
                            "browser_pool_slots{pool=\"shop\",state=\"running\",type=\"exploration\"} 1.0",
                            "browser_sessions{state=\"open\"} 1.0");

            CompletableFuture<Void> end = CompletableFuture.runAsync(service::close);
            assertThat(title).isNotDone();
            assertThat(end).isNotDone();
            answer.countDown();

            assertThat(title.get(30, TimeUnit.SECONDS).body()).isEqualTo("Hello from a browser");
            end.get(30, TimeUnit.SECONDS);
            assertThat(pool.health().isOpen()).isFalse();
        } finally {
            service.close();
        }
    }

    private CompletableFuture<HttpResponse<String>> get(String address) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
