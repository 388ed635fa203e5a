package dev.browserpool.config;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.spi.Setting;
import dev.browserpool.spi.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pools chosen by configuration.
 *
 * <table>
 * <caption>The settings that most need; docs/configuration.md has all, {@link #settings()} too</caption>
 * <tr><th>name</th><th>meaning</th><th>default</th></tr>
 * <tr><td>BROWSER_POOL_TYPE</td><td>{@code in_memory}, or {@code redis} with pool-redis on the class path</td><td>redis if
 * REDIS_URL is set, else in_memory</td></tr>
 * <tr><td>REDIS_URL</td><td>{@code redis[s]://[[user]:password@]host[:port][/database]}</td><td></td></tr>
 * <tr><td>MAX_BROWSER_INSTANCES</td><td>slots, from 1 to 100,000</td><td>5</td></tr>
 * <tr><td>BROWSER_SLOT_TIMEOUT</td><td>how long a request waits, in seconds, from 0 to 31,536,000</td><td>3600</td></tr>
 * </table>
 *
 * <p>A setting is an environment variable or a system property of the same name, which goes before. One that is missing or blank
 * means its default. Bad values are refused, all in one error, each with its name, what is allowed, and its default. A name that
 * looks like a setting and is none is warned of in the log. Nothing falls back silently, and no secret is printed.
 */
public final class BrowserPools {
    private static final Logger log = LoggerFactory.getLogger(BrowserPools.class);
    private static final ForkedTests FORKED_TESTS = new ForkedTests();
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static @Nullable BrowserPool shared;

    private BrowserPools() {}

    /**
     * The one pool of this JVM, made from the environment at the first call that succeeds. It lives as long as the JVM: do not
     * close it, nor put it into try-with-resources; a closed shared pool stays closed.
     *
     * @throws IllegalArgumentException if settings have bad values
     */
    public static BrowserPool shared() {
        LOCK.lock();
        try {
            BrowserPool pool = shared;
            if (pool == null) {
                pool = fromEnvironment();
                shared = pool;
            }
            return pool;
        } finally {
            LOCK.unlock();
        }
    }

    /**
     * A new pool, made from the environment and the system properties. Close it.
     *
     * @throws IllegalArgumentException if settings have bad values
     */
    public static BrowserPool fromEnvironment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        for (String name : System.getProperties().stringPropertyNames()) {
            String value = System.getProperty(name, "");
            if (!value.isBlank()) {
                environment.put(name, value);
            }
        }
        return fromEnvironment(environment);
    }

    /**
     * The same with an environment from elsewhere: neither variables nor system properties are looked at.
     *
     * @throws IllegalArgumentException if settings have bad values
     */
    public static BrowserPool fromEnvironment(Map<String, String> environment) {
        PoolTypes types = PoolTypes.onTheClassPath();
        List<Setting<?>> chosen = types.settings(environment);
        Settings settings = Settings.read(environment, chosen);
        types.complaints(environment, chosen).forEach(log::warn);
        BrowserPool pool = types.open(environment, PoolSettings.config(settings), settings);
        log.info("pool {}: {}", pool.config().name(), settings);
        if (types.isInMemory(environment)) {
            FORKED_TESTS.tell(environment, pool.config().maxBrowsers(), log);
        }
        return pool;
    }

    /** All settings that can be given with what is on the class path, those of one type of pool included. */
    public static List<Setting<?>> settings() {
        return PoolTypes.onTheClassPath().settings();
    }

    static PoolConfig config(Map<String, String> environment) {
        return PoolSettings.config(Settings.read(environment, PoolSettings.all()));
    }
}
