package dev.browserpool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.LoadTestOptions;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.examples.distributed.RedisProcess;
import dev.browserpool.redis.RedisBrowserPool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./demo load-test} as its user sees it, on a server of its own. */
class LoadTestCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path directory;

    private static RedisProcess redis;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private BrowserPool pool;

    @BeforeAll
    static void startServer() throws IOException {
        redis = RedisProcess.start(directory);
    }

    @AfterAll
    static void stopServer() throws InterruptedException {
        redis.close();
    }

    @BeforeEach
    void join() {
        pool = RedisBrowserPool.connect(
                redis.url(),
                PoolConfig.ofSlots(1).toBuilder().closeGrace(Duration.ZERO).build());
    }

    @AfterEach
    void leave() {
        pool.close();
    }

    private int command(String... args) {
        return LoadTestCommand.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
    }

    private int onServer(String... args) {
        List<String> all = new ArrayList<>(List.of("--redis", redis.url()));
        all.addAll(List.of(args));
        return command(all.toArray(String[]::new));
    }

    @Test
    void itHoldsThePoolForItsTimeAndGivesItBack() {
        assertThat(onServer("--run", "k6-42", "--hold", "0.2s", "--who", "ann")).isZero();

        assertThat(out.toString(UTF_8)).contains("has pool default", "k6-42 of ann", "gave pool default back");
        assertThat(pool.loadTestLock().isActive()).isFalse();
        assertThat(pool.loadTestLock().history(1).get(0).test().runId()).isEqualTo("k6-42");
    }

    @Test
    void anotherLoadTestIsNamedAndWaitedFor() {
        assertThat(pool.loadTestLock().tryAcquire("first", LoadTestOptions.defaults()))
                .isPresent();

        assertThat(onServer("--run", "second", "--wait", "0.1s")).isEqualTo(3);

        assertThat(out.toString(UTF_8)).contains("waits for the end of load test first");
        assertThat(err.toString(UTF_8))
                .contains("load-test: load test second did not get the pool")
                .doesNotContain("\tat ");
    }

    @Test
    void browsersThatStillRunAreNamedAndThePoolIsGivenBack() throws Exception {
        // Waits: a server that has only just started gives members of a life before it time to come back.
        SlotLease running = pool.acquire(SlotRequest.of("crawl", OperationType.AGENT));

        assertThat(onServer("--run", "k6", "--drain", "0.1s")).isEqualTo(3);

        assertThat(err.toString(UTF_8)).contains("crawl");
        assertThat(pool.loadTestLock().isActive()).isFalse();
        running.close();
    }

    @Test
    void whoeverEndsItByForceIsNamed() {
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> onServer("--run", "k6", "--hold", "1h"));
        await().atMost(PATIENCE).until(() -> pool.loadTestLock().isActive());

        assertThat(pool.loadTestLock().forceRelease("bob", "release night")).isPresent();

        assertThat(code.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
                .isEqualTo(1);
        assertThat(out.toString(UTF_8)).contains("lost: release night");
    }

    @Test
    void itIsGivenBackWhenTheProgramIsToldToEnd() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadTestCommand.class.getName(),
                        "--redis",
                        redis.url(),
                        "--run",
                        "k6",
                        "--hold",
                        "1h")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
        try {
            await().atMost(PATIENCE).until(() -> pool.loadTestLock().isActive());

            process.destroy();

            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            assertThat(pool.loadTestLock().isActive()).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void wrongOptionsAreOneLineAndCodeTwo() {
        assertThat(command("--redis", "", "--run", "k6")).isEqualTo(2);
        assertThat(command("--hold", "10m")).isEqualTo(2);
        assertThat(command("--redis", redis.url(), "--run", "k6", "--hold", "soon"))
                .isEqualTo(2);
        assertThat(command("--redis", redis.url(), "--run", " ")).isEqualTo(2);
        assertThat(err.toString(UTF_8).lines())
                .hasSize(4)
                .allMatch(line -> line.startsWith("load-test: "))
                .anyMatch(line -> line.contains("no server"))
                .anyMatch(line -> line.contains("--run"))
                .anyMatch(line -> line.contains("'soon' is no time such as 90s"))
                .anyMatch(line -> line.contains("runId is blank"));
    }

    @Test
    void helpSaysWhatTheExitCodesMean() {
        assertThat(command("--help")).isZero();

        assertThat(out.toString(UTF_8)).contains("--hold", "--run", "--redis", "--drain", "Exit codes", "Ctrl-C");
    }
}
