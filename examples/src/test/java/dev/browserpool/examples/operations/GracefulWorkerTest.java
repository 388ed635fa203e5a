package dev.browserpool.examples.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("browser")
class GracefulWorkerTest {
    @TempDir
    Path directory;

    private final CountDownLatch visited = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer site;

    @BeforeEach
    void open() throws IOException {
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.setExecutor(threads);
        site.createContext("/slow", exchange -> {
            visited.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            byte[] page = "<title>Worth waiting for</title>".getBytes(UTF_8);
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
        threads.shutdownNow();
    }

    @Test
    void whoeverIsToldToEndFinishesWhatIsOpenAndTakesNothingNew() throws Exception {
        Path log = directory.resolve("log");
        ProcessBuilder worker = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + configuration(),
                "-cp",
                System.getProperty("java.class.path"),
                GracefulWorker.class.getName(),
                directory.toString(),
                "http://127.0.0.1:" + site.getAddress().getPort() + "/slow");
        worker.environment().put("MAX_BROWSER_INSTANCES", "1");
        worker.environment().put("BROWSER_POOL_TYPE", "in_memory");
        Process jvm =
                worker.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertThat(visited.await(60, TimeUnit.SECONDS)).as(() -> read(log)).isTrue();
            List<ProcessHandle> family = jvm.descendants().toList();

            jvm.destroy(); // SIGTERM
            await().during(Duration.ofMillis(500)).until(jvm::isAlive);
            answer.countDown();

            assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(read(log)).containsOnlyOnce("visited Worth waiting for").doesNotContain("WARN");
            assertThat(directory.resolve("evidence")).doesNotExist();
            await().until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            jvm.descendants().forEach(ProcessHandle::destroyForcibly);
            jvm.destroyForcibly();
        }
    }

    private Path configuration() throws IOException {
        return Files.writeString(directory.resolve("logback.xml"), """
                <configuration>
                  <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%level %logger{0} [%X{browser_request}] %msg%n</pattern></encoder>
                  </appender>
                  <root level="INFO"><appender-ref ref="out"/></root>
                </configuration>
                """);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
