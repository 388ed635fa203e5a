package dev.browserpool.config;

import dev.browserpool.DuringLoadTest;
import dev.browserpool.LeakStacks;
import dev.browserpool.PoolConfig;
import dev.browserpool.spi.Form;
import dev.browserpool.spi.Setting;
import dev.browserpool.spi.Settings;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What the environment may say of every pool, whatever its type: each goes into one setting of {@link PoolConfig}. */
final class PoolSettings {
    private static final long DAY = 86_400;
    private static final long YEAR = 365 * DAY;
    private static final int MANY = 1_000_000;
    private static final PoolConfig STANDARD = PoolConfig.builder().build();

    private record Target<T>(Setting<T> setting, BiConsumer<PoolConfig.Builder, T> into) {
        /** What was left out is not set: else it would overrule other members. */
        void set(PoolConfig.Builder config, Settings given) {
            given.given(setting).ifPresent(value -> into.accept(config, value));
        }
    }

    private static final List<Target<?>> TARGETS = List.of(
            setting(
                    "MAX_BROWSER_INSTANCES",
                    Form.number(1, 100_000),
                    STANDARD.maxBrowsers(),
                    PoolConfig.Builder::maxBrowsers,
                    "how many browsers may run at once"),
            setting(
                    "BROWSER_SLOT_TIMEOUT",
                    Form.seconds(0, YEAR),
                    STANDARD.timeout(),
                    PoolConfig.Builder::timeout,
                    "how long a request waits, in seconds; 0 means now or never"),
            setting(
                    "BROWSER_POOL_NAME",
                    Form.text(
                            "a text of at most 200 characters without control characters",
                            text -> PoolConfig.builder().name(text)),
                    STANDARD.name(),
                    PoolConfig.Builder::name,
                    "the pool's name, in threads, logs and metrics; members that share a limit share it"),
            setting(
                    "BROWSER_POOL_MAX_DURATION",
                    Form.seconds(1, YEAR),
                    STANDARD.maxDuration(),
                    PoolConfig.Builder::maxDuration,
                    "how long a lease may be held, in seconds"),
            setting(
                    "BROWSER_POOL_MAX_EXTENSION",
                    Form.seconds(0, YEAR),
                    STANDARD.maxExtension(),
                    PoolConfig.Builder::maxExtension,
                    "by how much a lease may be extended in total, in seconds; 0 forbids it"),
            setting(
                    "BROWSER_POOL_MAX_QUEUED",
                    Form.number(0, MANY),
                    STANDARD.maxQueued(),
                    PoolConfig.Builder::maxQueued,
                    "how many requests may wait; the next one is refused"),
            setting(
                    "BROWSER_POOL_MAX_QUEUED_PER_PROFILE",
                    Form.number(0, MANY),
                    STANDARD.maxQueuedPerProfile(),
                    PoolConfig.Builder::maxQueuedPerProfile,
                    "how many requests may wait for one profile"),
            setting(
                    "BROWSER_POOL_STOP_GRACE",
                    Form.seconds(0, DAY),
                    STANDARD.stopGrace(),
                    PoolConfig.Builder::stopGrace,
                    "how long a browser has to stop before its slot passes on, in seconds"),
            setting(
                    "BROWSER_POOL_CLOSE_GRACE",
                    Form.seconds(0, DAY),
                    STANDARD.closeGrace(),
                    PoolConfig.Builder::closeGrace,
                    "how long closing the pool waits for leases, in seconds"),
            setting(
                    "BROWSER_POOL_POLL_INTERVAL",
                    Form.seconds(1, 3_600),
                    STANDARD.pollInterval(),
                    PoolConfig.Builder::pollInterval,
                    "how often the pool looks after what nobody tells it, in seconds"),
            setting(
                    "BROWSER_POOL_HISTORY_SIZE",
                    Form.number(0, MANY),
                    STANDARD.historySize(),
                    PoolConfig.Builder::historySize,
                    "how many ended requests are remembered"),
            setting(
                    "BROWSER_POOL_HISTORY_RETENTION",
                    Form.seconds(1, YEAR),
                    STANDARD.historyRetention(),
                    PoolConfig.Builder::historyRetention,
                    "how long ended requests are remembered, in seconds"),
            setting(
                    "BROWSER_POOL_LEAK_STACKS",
                    Form.constant(LeakStacks.class),
                    STANDARD.leakStacks(),
                    PoolConfig.Builder::leakStacks,
                    "for which leases the stack that acquired them is kept, to name it if they are forgotten"),
            setting(
                    "BROWSER_POOL_DURING_LOAD_TEST",
                    Form.constant(DuringLoadTest.class),
                    STANDARD.duringLoadTest(),
                    PoolConfig.Builder::duringLoadTest,
                    "what becomes of new requests while a load test has the pool"));

    private PoolSettings() {}

    private static <T> Target<T> setting(
            String name, Form<T> form, T otherwise, BiConsumer<PoolConfig.Builder, T> into, String meaning) {
        return new Target<>(Setting.of(name, form, otherwise, meaning), into);
    }

    static List<Setting<?>> all() {
        return Stream.concat(TARGETS.stream().map(Target::setting), GateSettings.all().stream())
                .toList();
    }

    static PoolConfig config(Settings given) {
        PoolConfig.Builder config = PoolConfig.builder();
        TARGETS.forEach(target -> target.set(config, given));
        GateSettings.set(config, given);
        return config.build();
    }
}
