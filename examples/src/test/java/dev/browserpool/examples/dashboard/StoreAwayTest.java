package dev.browserpool.examples.dashboard;

import static dev.browserpool.examples.dashboard.Caller.API;
import static dev.browserpool.examples.dashboard.Caller.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.examples.distributed.RedisProcess;
import dev.browserpool.redis.RedisBrowserPool;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dashboard beside a pool in Redis: of other members, and when the store goes away. */
class StoreAwayTest {
    @TempDir
    private Path directory;

    private static BrowserPool join(RedisProcess redis) {
        return RedisBrowserPool.connect(
                redis.url(),
                PoolConfig.builder()
                        .maxBrowsers(2)
                        .closeGrace(Duration.ofMillis(1))
                        .build());
    }

    @Test
    void conflictsOfOtherMembersAreSeenInLineAndAStoreThatIsAwayIsSaid() throws Exception {
        RedisProcess redis = RedisProcess.start(directory);
        try (BrowserPool worker = join(redis);
                BrowserPool watcher = join(redis);
                PoolDashboard dashboard =
                        PoolDashboard.open(watcher, DashboardOptions.defaults().withPace(Duration.ofMillis(100)))) {
            Caller caller = new Caller(dashboard);
            BufferedReader events = new BufferedReader(new InputStreamReader(
                    caller.open(API + "/events?kinds=unavailable,profile-conflict")
                            .body(),
                    UTF_8));
            SlotRequest.Builder second = SlotRequest.builder("second", OperationType.PRD);
            try (SlotLease lease = worker.acquire(SlotRequest.builder("first", OperationType.PRD)
                    .profile(ProfileClaim.exclusive("anna"))
                    .build())) {
                worker.acquireAsync(
                        second.profile(ProfileClaim.exclusive("anna")).build());
                await().until(() -> json(caller.get(API + "/conflicts")).size() == 1);
                assertThat(json(caller.get(API + "/conflicts"))
                                .at("/0/detectedBy")
                                .asText())
                        .isEqualTo("line");
                assertThat(events.lines().anyMatch("event: profile-conflict"::equals))
                        .isTrue();
                assertThat(lease.isValid()).isTrue();
            }
            redis.close();

            HttpResponse<String> pressure = caller.get(API + "/pressure");
            assertThat(pressure.statusCode()).isEqualTo(503);
            assertThat(json(pressure).at("/reasons/0/kind").asText()).isEqualTo("store");
            HttpResponse<String> status = caller.get(API + "/status");
            assertThat(status.statusCode()).isEqualTo(503);
            assertThat(json(status).at("/code").asText()).isEqualTo("store-away");
            assertThat(status.headers().firstValue("Retry-After")).isPresent();
            assertThat(events.lines().anyMatch("event: unavailable"::equals)).isTrue();
        } finally {
            redis.close();
        }
    }
}
