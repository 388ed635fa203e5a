package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.config.BrowserPools;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The environment leads to Redis, and nowhere else if Redis can't be had. */
class RedisPoolProviderTest {
    private static final String URL = "redis://127.0.0.1:" + TestServer.get().port + "/9";

    @Test
    void whoeverNamesAServerSharesItsLimitWithAllOthers() throws InterruptedException {
        Map<String, String> environment = Map.of("REDIS_URL", URL, "MAX_BROWSER_INSTANCES", "1");
        try (BrowserPool one = BrowserPools.fromEnvironment(environment);
                BrowserPool other = BrowserPools.fromEnvironment(environment);
                SlotLease lease = one.acquire(SlotRequest.of(OperationType.TEST_RUN))) {
            assertThat(other.tryAcquire(SlotRequest.of(OperationType.TEST_RUN))).isEmpty();
            lease.complete();
        }
    }

    @Test
    void aServerThatCannotBeReachedIsNoReasonForALimitOfOnesOwn() {
        assertThatThrownBy(() -> BrowserPools.fromEnvironment(Map.of("REDIS_URL", "redis://:secret@127.0.0.1:1")))
                .isInstanceOf(StoreUnavailableException.class)
                .message()
                .doesNotContain("secret");
    }

    @Test
    void aTypeWithoutAServerIsRefused() {
        assertThatThrownBy(() -> BrowserPools.fromEnvironment(Map.of("BROWSER_POOL_TYPE", "redis")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("REDIS_URL is not set");
    }

    @Test
    void whoeverSaysInMemoryGetsThatThoughThereIsAServer() {
        try (BrowserPool pool = BrowserPools.fromEnvironment(
                Map.of("BROWSER_POOL_TYPE", "in_memory", "REDIS_URL", "redis://127.0.0.1:1"))) {
            assertThat(pool.status().available()).isEqualTo(5);
        }
    }
}
