package dev.browserpool.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.browserpool.DuringLoadTest;
import dev.browserpool.HostLoadGate;
import dev.browserpool.LeakStacks;
import dev.browserpool.PoolConfig;
import dev.browserpool.contract.LogCapture;
import dev.browserpool.spi.Setting;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolSettingsTest {
    /** What a text can't say: functions of the user's own. */
    private static final Set<String> ONLY_IN_CODE = Set.of("gate");

    private static final Map<String, String> OTHER_NAMES =
            Map.of("maxBrowsers", "MAX_BROWSER_INSTANCES", "timeout", "BROWSER_SLOT_TIMEOUT");

    @Test
    void whateverTheConfigurationKnowsTheEnvironmentCanSay() {
        List<String> names = BrowserPools.settings().stream().map(Setting::name).toList();
        List<String> missing = Arrays.stream(PoolConfig.Builder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() == 1)
                .map(Method::getName)
                .filter(name -> !ONLY_IN_CODE.contains(name) && !names.contains(variable(name)))
                .toList();

        assertThat(missing).as("add them to PoolSettings, or to ONLY_IN_CODE").isEmpty();
    }

    private static String variable(String property) {
        return OTHER_NAMES.getOrDefault(
                property,
                "BROWSER_POOL_" + property.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
    }

    @Test
    void eachVariableReachesItsSetting() {
        PoolConfig config = BrowserPools.config(Map.ofEntries(
                Map.entry("BROWSER_POOL_NAME", "crawl"),
                Map.entry("BROWSER_POOL_MAX_DURATION", "11"),
                Map.entry("BROWSER_POOL_MAX_EXTENSION", "12"),
                Map.entry("BROWSER_POOL_MAX_QUEUED", "13"),
                Map.entry("BROWSER_POOL_MAX_QUEUED_PER_PROFILE", "14"),
                Map.entry("BROWSER_POOL_STOP_GRACE", "15"),
                Map.entry("BROWSER_POOL_CLOSE_GRACE", "16"),
                Map.entry("BROWSER_POOL_POLL_INTERVAL", "17"),
                Map.entry("BROWSER_POOL_HISTORY_SIZE", "18"),
                Map.entry("BROWSER_POOL_HISTORY_RETENTION", "19"),
                Map.entry("BROWSER_POOL_DURING_LOAD_TEST", "wait"),
                Map.entry("BROWSER_POOL_LEAK_STACKS", "always")));

        assertThat(config.name()).isEqualTo("crawl");
        assertThat(config.maxDuration()).isEqualTo(Duration.ofSeconds(11));
        assertThat(config.maxExtension()).isEqualTo(Duration.ofSeconds(12));
        assertThat(config.maxQueued()).isEqualTo(13);
        assertThat(config.maxQueuedPerProfile()).isEqualTo(14);
        assertThat(config.stopGrace()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.closeGrace()).isEqualTo(Duration.ofSeconds(16));
        assertThat(config.pollInterval()).isEqualTo(Duration.ofSeconds(17));
        assertThat(config.historySize()).isEqualTo(18);
        assertThat(config.historyRetention()).isEqualTo(Duration.ofSeconds(19));
        assertThat(config.leakStacks()).isEqualTo(LeakStacks.ALWAYS);
        assertThat(config.duringLoadTest()).isEqualTo(DuringLoadTest.WAIT);
        assertThat(config.gates()).isEmpty();
    }

    @Test
    void noSettingIsThereTwice() {
        assertThat(PoolSettings.all()).extracting(setting -> setting.name()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BROWSER_POOL_MAX_CPU_PERCENT", "BROWSER_POOL_MAX_MEMORY_PERCENT"})
    void aLimitForTheHostIsOneGate(String variable) {
        assertThat(BrowserPools.config(Map.of(variable, "99")).gates())
                .singleElement()
                .isInstanceOf(HostLoadGate.class);
        assertThat(BrowserPools.config(Map.of(variable, "20")).gates()).hasSize(1);
        assertThatThrownBy(() -> BrowserPools.config(Map.of(variable, "100")))
                .hasMessage(variable + " is '100'; it must be a whole number from 20 to 99, or left out for no limit");
    }

    @Test
    void whatWasNotSaidIsNotChosenAndSoOverrulesNobody() {
        assertThat(BrowserPools.config(Map.of()).chosen()).isEmpty();
        assertThat(BrowserPools.config(Map.of("BROWSER_POOL_MAX_QUEUED", "1000"))
                        .chosen())
                .containsExactly(PoolConfig.Shared.MAX_QUEUED);
    }

    @Test
    void allBadValuesAreToldAtOnce() {
        assertThatThrownBy(() -> BrowserPools.fromEnvironment(Map.of(
                        "BROWSER_POOL_TYPE", "disk",
                        "MAX_BROWSER_INSTANCES", "many",
                        "BROWSER_POOL_LEAK_STACKS", "Sometimes",
                        "BROWSER_POOL_STOP_GRACE", "5s",
                        "BROWSER_POOL_NAME", "a\nb")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("5 settings can't be used:")
                .hasMessageContainingAll(
                        "\n- BROWSER_POOL_TYPE is 'disk'; it must be in_memory",
                        "\n- MAX_BROWSER_INSTANCES is 'many'; it must be a whole number from 1 to 100000, or left out for 5",
                        "\n- BROWSER_POOL_LEAK_STACKS is 'Sometimes'; it must be sampled or always, or left out for sampled",
                        "\n- BROWSER_POOL_STOP_GRACE is '5s'; it must be a whole number from 0 to 86400, or left out for 20",
                        "\n- BROWSER_POOL_NAME is 'a?b'; it must be a text");
    }

    @ParameterizedTest
    @CsvSource({
        "BROWSER_POOL_MAX_QUEUE, BROWSER_POOL_MAX_QUEUED",
        "BROWSER_SLOT_TIMEOUTS, BROWSER_SLOT_TIMEOUT",
        "MAX_BROWSER_INSTANCE, MAX_BROWSER_INSTANCES",
        "BROWSER_POOL_STOPGRACE, BROWSER_POOL_STOP_GRACE"
    })
    void aNameThatIsNoSettingIsWarnedOfWithTheNearestOne(String wrong, String right) {
        try (LogCapture log = LogCapture.from(Level.INFO)) {
            BrowserPools.fromEnvironment(Map.of(wrong, "7")).close();

            assertThat(log.linesWith(wrong))
                    .contains(wrong + " is no setting and changes nothing; did you mean " + right + "?");
        }
    }

    @Test
    void aNameThatIsLikeNoneIsWarnedOfWithoutOne() {
        assertThat(UnknownNames.among(
                        List.of("BROWSER_POOL_COLOUR_OF_THE_WINDOWS_FRAME", "PATH"), List.of("BROWSER_POOL_NAME")))
                .containsExactly("BROWSER_POOL_COLOUR_OF_THE_WINDOWS_FRAME is no setting and changes nothing");
    }

    @Test
    void whatAClusterSetsForAServiceOfThisNameIsNoMistake() {
        assertThat(UnknownNames.among(
                        List.of(
                                "BROWSER_POOL_SERVICE_HOST",
                                "BROWSER_POOL_SERVICE_PORT_HTTP",
                                "BROWSER_POOL_PORT",
                                "BROWSER_POOL_PORT_8080_TCP_ADDR",
                                "BROWSER_POOL_CHROMIUM"),
                        List.of()))
                .isEmpty();
    }

    @Test
    void whatWasGivenIsLogged() {
        try (LogCapture log = LogCapture.from(Level.INFO)) {
            BrowserPools.fromEnvironment(Map.of("MAX_BROWSER_INSTANCES", "3")).close();

            assertThat(log.linesWith("pool default: ")).contains("pool default: MAX_BROWSER_INSTANCES=3");
        }
    }
}
