package dev.browserpool.config;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.spi.PoolProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pools chosen by configuration.
 *
 * <table>
 * <caption>Environment variables</caption>
 * <tr><th>name</th><th>meaning</th><th>default</th></tr>
 * <tr><td>BROWSER_POOL_TYPE</td><td>{@code in_memory}, or {@code redis} with pool-redis on the class path</td><td>redis if
 * REDIS_URL is set, else in_memory</td></tr>
 * <tr><td>REDIS_URL</td><td>{@code redis[s]://[[user]:password@]host[:port][/database]}</td><td></td></tr>
 * <tr><td>MAX_BROWSER_INSTANCES</td><td>slots, from 1 to 100,000</td><td>5</td></tr>
 * <tr><td>BROWSER_SLOT_TIMEOUT</td><td>how long a request waits, in seconds, from 0 to 31,536,000</td><td>3600</td></tr>
 * </table>
 *
 * <p>A variable that is missing or blank means its default; any other bad value is refused with its name, its range and its
 * default. Nothing falls back silently.
 */
public final class BrowserPools {
    private static final String IN_MEMORY = "in_memory";

    private BrowserPools() {}

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static @Nullable BrowserPool shared;

    /**
     * The one pool of this JVM, made from the environment at the first call that succeeds. It lives as long as the JVM: do not
     * close it, nor put it into try-with-resources; a closed shared pool stays closed.
     *
     * @throws IllegalArgumentException if a variable has a bad value
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
     * A new pool, made from the environment. Close it.
     *
     * @throws IllegalArgumentException if a variable has a bad value
     */
    public static BrowserPool fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /** The same with an environment from elsewhere. */
    public static BrowserPool fromEnvironment(Map<String, String> environment) {
        String type = type(environment);
        if (type.equals(IN_MEMORY)) {
            return InMemoryBrowserPool.create(config(environment));
        }
        return provider(type).open(config(environment), environment);
    }

    /** Whoever names a server wants one limit for all: a limit of this JVM's own would look healthy, and be none. */
    private static String type(Map<String, String> environment) {
        String type = environment.getOrDefault("BROWSER_POOL_TYPE", "").strip();
        boolean hasServer = !environment.getOrDefault("REDIS_URL", "").isBlank();
        return !type.isEmpty() ? type : hasServer ? "redis" : IN_MEMORY;
    }

    private static PoolProvider provider(String type) {
        List<PoolProvider> providers = ServiceLoader.load(PoolProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return providers.stream()
                .filter(provider -> provider.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("BROWSER_POOL_TYPE is '" + type + "'"
                        + (type.equals("redis") ? ", or left out while REDIS_URL is set" : "")
                        + "; possible: "
                        + Stream.concat(Stream.of(IN_MEMORY), providers.stream().map(PoolProvider::type))
                                .collect(Collectors.joining(", "))
                        + (type.equals("redis") ? "; for redis put pool-redis on the class path" : "")));
    }

    static PoolConfig config(Map<String, String> environment) {
        PoolConfig.Builder config = PoolConfig.builder()
                .timeout(Duration.ofSeconds(number(environment, "BROWSER_SLOT_TIMEOUT", 0, 31_536_000, 3_600)));
        int maxBrowsers = number(environment, "MAX_BROWSER_INSTANCES", 1, 100_000, 5);
        boolean isSaid = !environment.getOrDefault("MAX_BROWSER_INSTANCES", "").isBlank();
        return isSaid
                ? config.maxBrowsers(maxBrowsers).build()
                : config.build(); // else it would overrule other members
    }

    private static int number(Map<String, String> environment, String name, int least, int most, int otherwise) {
        String text = environment.get(name);
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refused(name, text, least, most, otherwise, e);
        }
        throw refused(name, text, least, most, otherwise, null);
    }

    private static IllegalArgumentException refused(
            String name, String text, int least, int most, int otherwise, @Nullable NumberFormatException cause) {
        return new IllegalArgumentException(
                name + " is '" + text + "'; it must be a whole number from " + least + " to " + most
                        + ", or left out for " + otherwise,
                cause);
    }
}
