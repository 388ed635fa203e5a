package dev.browserpool.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.browserpool.BrowserPool;
import dev.browserpool.LeaseLoss;
import dev.browserpool.LeaseLostException;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.examples.distributed.RedisProcess;
import dev.browserpool.playwright.BrowserSessions;
import dev.browserpool.playwright.FailureCause;
import dev.browserpool.playwright.SessionReport;
import dev.browserpool.redis.RedisBrowserPool;
import dev.browserpool.redis.RedisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Sessions of pool-playwright under leases of pool-redis. */
class SessionOnRedisTest {
    @TempDir
    private Path directory;

    private final List<SessionReport> reports = new CopyOnWriteArrayList<>();

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aStoreThatGoesAwayStopsTheBrowserAndItsHolderHearsWhy() throws Exception {
        PoolConfig one = PoolConfig.builder()
                .maxBrowsers(1)
                .stopGrace(Duration.ofSeconds(8))
                .closeGrace(Duration.ofSeconds(1))
                .build();
        RedisOptions quick =
                RedisOptions.defaults().withMemberTtl(Duration.ofSeconds(3)).withSocketTimeout(Duration.ofMillis(500));
        SlotRequest request = SlotRequest.builder("store-away", OperationType.AGENT)
                .profile(ProfileClaim.exclusive("shop"))
                .build();
        try (RedisProcess redis = RedisProcess.start(Files.createDirectory(directory.resolve("redis")));
                BrowserPool pool = RedisBrowserPool.connect(redis.url(), one, quick)) {
            BrowserSessions browsers = BrowserSessions.builder(pool)
                    .profiles(directory.resolve("profiles"))
                    .evidence(directory.resolve("evidence"))
                    .evidenceBudget(Duration.ofSeconds(4))
                    .closeBudget(Duration.ofSeconds(1))
                    .exitBudget(Duration.ofSeconds(1))
                    .onClosed(reports::add)
                    .build();

            Throwable thrown = catchThrowable(() -> browsers.call(request, session -> {
                session.page().setContent("<title>at work</title>");
                redis.close();
                session.page().waitForTimeout(600_000);
                return "";
            }));

            assertThat(thrown)
                    .isInstanceOfSatisfying(
                            LeaseLostException.class,
                            lost -> assertThat(lost.loss().orElseThrow().reason())
                                    .isEqualTo(LeaseLoss.Reason.LOST));
            assertThat(reports).singleElement().satisfies(report -> {
                assertThat(report.outcome()).isEqualTo(SlotState.LOST);
                assertThat(report.cause()).contains(FailureCause.LEASE_LOST);
                assertThat(report.evidence().orElseThrow().resolve("screenshot.png"))
                        .isNotEmptyFile();
            });
            assertThat(ProcessHandle.allProcesses().filter(process -> isTagged(process, "store-away")))
                    .isEmpty();
        }
    }

    private static boolean isTagged(ProcessHandle process, String requestId) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .contains("--pool-lease=" + requestId + "-");
        } catch (IOException gone) {
            return false;
        }
    }
}
