package dev.browserpool.config;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.spi.Form;
import dev.browserpool.spi.PoolProvider;
import dev.browserpool.spi.Setting;
import dev.browserpool.spi.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The types of pools that can be chosen.
 *
 * @param providers those beside the one in memory
 */
record PoolTypes(List<PoolProvider> providers) {
    private static final String IN_MEMORY = "in_memory";
    private static final String REDIS = "redis";

    static PoolTypes onTheClassPath() {
        return new PoolTypes(ServiceLoader.load(PoolProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** All settings of all types. */
    List<Setting<?>> settings() {
        return concat(ofEveryPool(), providers.stream().flatMap(each -> each.settings().stream()));
    }

    /** Those that count for the type that was chosen. If that is none, the error will say so with all others. */
    List<Setting<?>> settings(Map<String, String> environment) {
        return concat(ofEveryPool(), provider(environment).stream().flatMap(each -> each.settings().stream()));
    }

    private Stream<Setting<?>> ofEveryPool() {
        return Stream.concat(Stream.of(type()), PoolSettings.all().stream());
    }

    private static List<Setting<?>> concat(Stream<Setting<?>> some, Stream<Setting<?>> others) {
        return Stream.concat(some, others).toList();
    }

    private Setting<String> type() {
        List<String> names = Stream.concat(
                        Stream.of(IN_MEMORY), providers.stream().map(PoolProvider::type))
                .toList();
        return Setting.optional(
                "BROWSER_POOL_TYPE",
                Form.oneOf(names, names.contains(REDIS) ? "" : " (for redis put pool-redis on the class path)"),
                "redis if REDIS_URL is set, else in_memory",
                "where the limit is kept: in this JVM, or in Redis for many");
    }

    /** Whoever names a server wants one limit for all: a limit of this JVM's own would look healthy, and be none. */
    private static String chosen(Map<String, String> environment) {
        String type = environment.getOrDefault("BROWSER_POOL_TYPE", "").strip();
        boolean hasServer = !environment.getOrDefault("REDIS_URL", "").isBlank();
        return !type.isEmpty() ? type : hasServer ? REDIS : IN_MEMORY;
    }

    boolean isInMemory(Map<String, String> environment) {
        return chosen(environment).equals(IN_MEMORY);
    }

    private Optional<PoolProvider> provider(Map<String, String> environment) {
        String type = chosen(environment);
        return providers.stream()
                .filter(provider -> provider.type().equals(type))
                .findFirst();
    }

    /** What was given and changes nothing. */
    List<String> complaints(Map<String, String> environment, Collection<Setting<?>> chosen) {
        List<String> complaints = new ArrayList<>(UnknownNames.among(
                environment.keySet(), settings().stream().map(Setting::name).toList()));
        Set<String> counts = chosen.stream().map(Setting::name).collect(Collectors.toSet());
        settings().stream()
                .map(Setting::name)
                .filter(name -> !counts.contains(name) && UnknownNames.isOurs(name))
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .map(name -> name + " changes nothing: the pool is of type " + chosen(environment))
                .forEach(complaints::add);
        return complaints;
    }

    BrowserPool open(Map<String, String> environment, PoolConfig config, Settings settings) {
        Optional<PoolProvider> provider = provider(environment);
        if (provider.isPresent()) {
            return provider.get().open(config, settings);
        }
        if (isInMemory(environment)) {
            return InMemoryBrowserPool.create(config);
        }
        throw new IllegalArgumentException(
                "REDIS_URL is set: put pool-redis on the class path, or say BROWSER_POOL_TYPE=in_memory");
    }
}
