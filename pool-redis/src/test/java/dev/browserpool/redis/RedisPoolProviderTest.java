package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.config.BrowserPools;
import dev.browserpool.contract.LogCapture;
import dev.browserpool.spi.Settings;
import java.time.Duration;
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
    void allThatIsWrongIsToldAtOnceAndNoSecretWithIt() {
        assertThatThrownBy(() -> BrowserPools.fromEnvironment(Map.of(
                        "REDIS_URL", "redis://ann:hush@host:notaport",
                        "MAX_BROWSER_INSTANCES", "0",
                        "BROWSER_POOL_REDIS_PREFIX", "a{b}",
                        "BROWSER_POOL_REDIS_CALL_THREADS", "1",
                        "BROWSER_POOL_REDIS_STRICT_RECOVERY", "yes",
                        "BROWSER_POOL_REDIS_TRUST_STORE", "/no/such/file")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("6 settings can't be used:")
                .hasMessageContainingAll(
                        "\n- REDIS_URL: the Redis URL can't be used: ",
                        "its host or port can't be read",
                        "\n- MAX_BROWSER_INSTANCES is '0'; ",
                        "\n- BROWSER_POOL_REDIS_PREFIX is 'a{b}'; it must be a text without braces",
                        "\n- BROWSER_POOL_REDIS_CALL_THREADS is '1'; it must be a whole number from 2 to 1000, or left out for 8",
                        "\n- BROWSER_POOL_REDIS_STRICT_RECOVERY is 'yes'; it must be true or false, or left out for false",
                        "\n- BROWSER_POOL_REDIS_TRUST_STORE is '/no/such/file'; ")
                .message()
                .doesNotContain("hush");
    }

    @Test
    void eachVariableReachesItsOption() {
        RedisOptions options = RedisSettings.options(Settings.read(
                Map.of(
                        "REDIS_URL", "redis://localhost",
                        "BROWSER_POOL_REDIS_PREFIX", "jobs",
                        "BROWSER_POOL_REDIS_MEMBER_TTL", "11",
                        "BROWSER_POOL_REDIS_SOCKET_TIMEOUT", "12",
                        "BROWSER_POOL_REDIS_CALL_THREADS", "13",
                        "BROWSER_POOL_REDIS_MIN_REPLICAS", "14",
                        "BROWSER_POOL_REDIS_RECOVERY_WINDOW", "15",
                        "BROWSER_POOL_REDIS_STRICT_RECOVERY", "true"),
                RedisSettings.ALL));

        assertThat(options)
                .isEqualTo(RedisOptions.defaults()
                        .withPrefix("jobs")
                        .withMemberTtl(Duration.ofSeconds(11))
                        .withSocketTimeout(Duration.ofSeconds(12))
                        .withCallThreads(13)
                        .withMinReplicas(14)
                        .withRecoveryWindow(Duration.ofSeconds(15))
                        .withStrictRecovery());
    }

    @Test
    void aPasswordForNoStoreIsRefused() {
        assertThatThrownBy(() -> BrowserPools.fromEnvironment(
                        Map.of("REDIS_URL", URL, "BROWSER_POOL_REDIS_KEY_STORE_PASSWORD", "hush")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("BROWSER_POOL_REDIS_KEY_STORE_PASSWORD is set, and BROWSER_POOL_REDIS_KEY_STORE is not");
    }

    @Test
    void whatIsSaidOfRedisToAPoolInMemoryIsWarnedOf() {
        try (LogCapture log = LogCapture.from(Level.WARN)) {
            BrowserPools.fromEnvironment(Map.of("BROWSER_POOL_REDIS_PREFIX", "jobs"))
                    .close();

            assertThat(log.linesWith("PREFIX"))
                    .containsExactly("BROWSER_POOL_REDIS_PREFIX changes nothing: the pool is of type in_memory");
        }
    }

    @Test
    void whoeverSaysInMemoryGetsThatThoughThereIsAServer() {
        try (BrowserPool pool = BrowserPools.fromEnvironment(
                Map.of("BROWSER_POOL_TYPE", "in_memory", "REDIS_URL", "redis://127.0.0.1:1"))) {
            assertThat(pool.status().available()).isEqualTo(5);
        }
    }
}
