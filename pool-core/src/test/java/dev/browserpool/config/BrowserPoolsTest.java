package dev.browserpool.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserPoolsTest {

    @Test
    void anEmptyEnvironmentMeansTheDefaults() {
        PoolConfig config = BrowserPools.config(Map.of());

        assertThat(config.maxBrowsers()).isEqualTo(5);
        assertThat(config.timeout()).isEqualTo(Duration.ofHours(1));
        assertThat(config.maxDuration()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource({"1,0", "100000,31536000", "' 12 ',' 90 '"})
    void valuesInTheirRangeAreTaken(String slots, String seconds) {
        PoolConfig config =
                BrowserPools.config(Map.of("MAX_BROWSER_INSTANCES", slots, "BROWSER_SLOT_TIMEOUT", seconds));

        assertThat(config.maxBrowsers()).isEqualTo(Integer.parseInt(slots.strip()));
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(Long.parseLong(seconds.strip())));
    }

    @Test
    void aBlankValueCountsAsLeftOut() {
        PoolConfig config = BrowserPools.config(Map.of("MAX_BROWSER_INSTANCES", "", "BROWSER_SLOT_TIMEOUT", "  "));

        assertThat(config.maxBrowsers()).isEqualTo(5);
        assertThat(config.timeout()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "100001", "99999999999", "five", "5.0", "1e3", "5s", "0x5"})
    void aBadNumberOfSlotsIsRefusedWithItsNameRangeAndDefault(String bad) {
        assertThatThrownBy(() -> BrowserPools.config(Map.of("MAX_BROWSER_INSTANCES", bad)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("MAX_BROWSER_INSTANCES is '" + bad
                        + "'; it must be a whole number from 1 to 100000, or left out for 5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "31536001", "1h", "PT1H", "3600.5"})
    void aBadTimeoutIsRefusedWithItsNameRangeAndDefault(String bad) {
        assertThatThrownBy(() -> BrowserPools.config(Map.of("BROWSER_SLOT_TIMEOUT", bad)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("BROWSER_SLOT_TIMEOUT is '" + bad
                        + "'; it must be a whole number from 0 to 31536000, or left out for 3600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "IN_MEMORY", "redis2"})
    void aBadTypeIsRefusedWithWhatIsPossible(String bad) {
        assertThatThrownBy(() -> BrowserPools.fromEnvironment(Map.of("BROWSER_POOL_TYPE", bad)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BROWSER_POOL_TYPE is '" + bad + "'; it must be in_memory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BROWSER_POOL_TYPE", "REDIS_URL"})
    void whoeverWantsRedisAndCannotHaveItGetsNoLimitOfItsOwn(String variable) {
        assertThatThrownBy(() -> BrowserPools.fromEnvironment(Map.of(variable, "redis")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("put pool-redis on the class path");
    }

    @Test
    void aBlankTypeMeansTheDefaultAsEveryBlankVariableDoes() {
        try (BrowserPool pool = BrowserPools.fromEnvironment(Map.of("BROWSER_POOL_TYPE", " "))) {
            assertThat(pool.config().maxBrowsers()).isEqualTo(5);
        }
    }

    @Test
    void aPoolFromTheEnvironmentHasItsSlots() throws InterruptedException {
        Map<String, String> environment = Map.of("BROWSER_POOL_TYPE", "in_memory", "MAX_BROWSER_INSTANCES", "2");
        try (BrowserPool pool = BrowserPools.fromEnvironment(environment);
                SlotLease lease = pool.acquire(SlotRequest.of(OperationType.AGENT))) {
            assertThat(lease.isValid()).isTrue();
            assertThat(pool.status().available()).isEqualTo(1);
        }
    }

    @Test
    void aSystemPropertyGoesBeforeTheEnvironment() {
        System.setProperty("MAX_BROWSER_INSTANCES", "17");
        try (BrowserPool pool = BrowserPools.fromEnvironment()) {
            assertThat(pool.config().maxBrowsers()).isEqualTo(17);
        } finally {
            System.clearProperty("MAX_BROWSER_INSTANCES");
        }
    }

    @Test
    void thereIsOneSharedPool() {
        assertThat(BrowserPools.shared()).isSameAs(BrowserPools.shared());
        assertThat(BrowserPools.shared().status().members()).hasSize(1);
    }
}
