package dev.browserpool.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.browserpool.PoolStatus;
import dev.browserpool.config.BrowserPools;
import dev.browserpool.examples.distributed.RedisProcess;
import dev.browserpool.playwright.junit.UseBrowserPool;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Test JVMs that a build has forked keep one limit by nothing but their settings. */
@Isolated("other tests here count the browsers of this JVM")
class ForkedTestsTest {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    @Test
    void twoForksShareOneBrowserThroughRedis() throws IOException, InterruptedException {
        try (RedisProcess redis = RedisProcess.start(directory)) {
            List<Process> forks = List.of(fork(redis.url(), "1"), fork(redis.url(), "2"));
            try {
                for (Process fork : forks) {
                    assertThat(fork.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS))
                            .isTrue();
                    assertThat(fork.exitValue()).as(said()).isZero();
                }
            } finally {
                forks.forEach(Process::destroyForcibly);
            }
        }
        assertThat(directory.resolve("first")).as(said()).exists();
        assertThat(directory.resolve("second")).as(said()).exists();
    }

    private String said() throws IOException {
        return Files.readString(directory.resolve("fork-1.txt")) + Files.readString(directory.resolve("fork-2.txt"));
    }

    private Process fork(String redis, String number) throws IOException {
        File log = directory.resolve("fork-" + number + ".txt").toFile();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-DREDIS_URL=" + redis,
                        "-DMAX_BROWSER_INSTANCES=1",
                        "-Dsurefire.forkNumber=" + number,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Fork.class.getName())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    /** A test JVM, as a build's runner starts it. */
    static final class Fork {
        public static void main(String[] args) {
            SummaryGeneratingListener summary = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectClass(SlowCase.class))
                                    .build(),
                            summary);
            summary.getSummary()
                    .getFailures()
                    .forEach(failure -> failure.getException().printStackTrace());
            System.exit(summary.getSummary().getTestsSucceededCount() == 1 ? 0 : 1);
        }
    }

    /** Whoever gets the browser first keeps it until the other one is seen to wait for it. */
    @UseBrowserPool
    static class SlowCase {
        @Test
        void waitsForTheOther(Page page) throws IOException {
            if (isFirst()) {
                await("the other fork in line")
                        .atMost(LONGEST)
                        .untilAsserted(() -> assertThat(load().waiting()).isEqualTo(1));
            } else {
                Files.createFile(Path.of("second"));
            }
            assertThat(load().used()).isEqualTo(1);
            page.navigate("about:blank");
        }

        private static boolean isFirst() throws IOException {
            try {
                Files.createFile(Path.of("first"));
                return true;
            } catch (FileAlreadyExistsException theOtherIs) {
                return false;
            }
        }

        private static PoolStatus.Load load() {
            return BrowserPools.shared().status().load();
        }
    }
}
