package dev.browserpool.redis;

import dev.browserpool.spi.Form;
import dev.browserpool.spi.Setting;
import dev.browserpool.spi.Settings;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.SslOptions;

/** What the environment may say of a pool in Redis. */
final class RedisSettings {
    private static final RedisOptions STANDARD = RedisOptions.defaults();
    private static final long DAY = 86_400;
    private static final Form<String> FILE = Form.text("the path of a file that can be read", RedisSettings::readable);
    private static final Form<String> PASSWORD = Form.text("a password", text -> {});

    static final Setting<String> URL = Setting.required(
                    "REDIS_URL",
                    new Form<>(RedisUrl.FORM, RedisSettings::checkedUrl, Function.identity()),
                    "the server, with what lets one in")
            .secret();
    private static final Setting<String> PREFIX = Setting.of(
            "BROWSER_POOL_REDIS_PREFIX",
            Form.text("a text without braces and control characters", text -> STANDARD.withPrefix(text)),
            STANDARD.prefix(),
            "what all keys begin with");
    private static final Setting<Duration> MEMBER_TTL = Setting.of(
            "BROWSER_POOL_REDIS_MEMBER_TTL",
            Form.seconds(1, DAY),
            STANDARD.memberTtl(),
            "after how long without a sign of life a member is given up, in seconds");
    private static final Setting<Duration> SOCKET_TIMEOUT = Setting.of(
            "BROWSER_POOL_REDIS_SOCKET_TIMEOUT",
            Form.seconds(1, 60),
            STANDARD.socketTimeout(),
            "how long one answer may take, in seconds");
    private static final Setting<Integer> CALL_THREADS = Setting.of(
            "BROWSER_POOL_REDIS_CALL_THREADS",
            Form.number(2, 1_000),
            STANDARD.callThreads(),
            "how many calls may be under way at once, each on a connection");
    private static final Setting<Integer> MIN_REPLICAS = Setting.of(
            "BROWSER_POOL_REDIS_MIN_REPLICAS",
            Form.number(0, 100),
            STANDARD.minReplicas(),
            "how many replicas must have a step before this member relies on it");
    private static final Setting<Duration> RECOVERY_WINDOW = Setting.of(
            "BROWSER_POOL_REDIS_RECOVERY_WINDOW",
            Form.seconds(1, DAY),
            STANDARD.recovery().window(),
            "how long a store that has lost all data waits for members to come back, in seconds");
    private static final Setting<Boolean> STRICT_RECOVERY = Setting.of(
            "BROWSER_POOL_REDIS_STRICT_RECOVERY",
            Form.yesOrNo(),
            false,
            "whether such a store grants nothing until nobody can still hold anything");
    private static final Setting<String> TRUST_STORE = Setting.optional(
            "BROWSER_POOL_REDIS_TRUST_STORE", FILE, "what the JVM trusts", "whom to trust on rediss://");
    private static final Setting<String> TRUST_STORE_PASSWORD = Setting.optional(
                    "BROWSER_POOL_REDIS_TRUST_STORE_PASSWORD", PASSWORD, "none", "of that trust store")
            .secret();
    private static final Setting<String> KEY_STORE = Setting.optional(
            "BROWSER_POOL_REDIS_KEY_STORE", FILE, "none", "the certificate that this member shows on rediss://");
    private static final Setting<String> KEY_STORE_PASSWORD = Setting.optional(
                    "BROWSER_POOL_REDIS_KEY_STORE_PASSWORD", PASSWORD, "none", "of that key store")
            .secret();

    static final List<Setting<?>> ALL = List.of(
            URL,
            PREFIX,
            MEMBER_TTL,
            SOCKET_TIMEOUT,
            CALL_THREADS,
            MIN_REPLICAS,
            RECOVERY_WINDOW,
            STRICT_RECOVERY,
            TRUST_STORE,
            TRUST_STORE_PASSWORD,
            KEY_STORE,
            KEY_STORE_PASSWORD);

    private RedisSettings() {}

    private static String checkedUrl(String text) {
        RedisUrl unused = RedisUrl.parse(text);
        return text;
    }

    private static void readable(String path) {
        if (!new File(path).canRead()) {
            throw new IllegalArgumentException(path + " can't be read");
        }
    }

    static RedisOptions options(Settings given) {
        RedisOptions options = STANDARD.withPrefix(given.value(PREFIX))
                .withMemberTtl(given.value(MEMBER_TTL))
                .withSocketTimeout(given.value(SOCKET_TIMEOUT))
                .withCallThreads(given.value(CALL_THREADS))
                .withMinReplicas(given.value(MIN_REPLICAS))
                .withRecoveryWindow(given.value(RECOVERY_WINDOW));
        RedisOptions recovering = given.value(STRICT_RECOVERY) ? options.withStrictRecovery() : options;
        return tls(given).map(recovering::withTls).orElse(recovering);
    }

    private static Optional<SslOptions> tls(Settings given) {
        Optional<Store> trusted = Store.of(given, TRUST_STORE, TRUST_STORE_PASSWORD);
        Optional<Store> shown = Store.of(given, KEY_STORE, KEY_STORE_PASSWORD);
        if (trusted.isEmpty() && shown.isEmpty()) {
            return Optional.empty();
        }
        SslOptions.Builder tls = SslOptions.builder();
        trusted.ifPresent(store -> tls.truststore(store.file(), store.secret()));
        shown.ifPresent(store -> tls.keystore(store.file(), store.secret()));
        return Optional.of(tls.build());
    }

    /** A store of certificates. */
    private record Store(File file, Optional<String> password) {
        static Optional<Store> of(Settings given, Setting<String> path, Setting<String> password) {
            Optional<String> said = given.given(password);
            if (said.isPresent() && given.given(path).isEmpty()) {
                throw new IllegalArgumentException(password.name() + " is set, and " + path.name() + " is not");
            }
            return given.given(path).map(file -> new Store(new File(file), said));
        }

        /** Null if there is none: a trust store can be read without. */
        char @Nullable [] secret() {
            return password.map(String::toCharArray).orElse(null);
        }
    }
}
