package dev.browserpool.playwright.survey;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.PoolStatus;
import dev.browserpool.spi.PoolProvider;
import dev.browserpool.spi.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** What a pool in a store believes. Joins it for a moment as one more member, which asks for nothing. */
public final class PoolSurvey {
    private PoolSurvey() {}

    /**
     * Its view, in lines.
     *
     * @throws IllegalArgumentException if nobody on the class path can open such a pool
     */
    public static List<String> of(String url) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("REDIS_URL", url);
        PoolProvider provider = provider(url);
        Settings settings = Settings.read(environment, provider.settings());
        try (BrowserPool pool = provider.open(config(environment), settings)) {
            return lines(pool);
        }
    }

    /** Which pool, and nothing else: whoever only looks changes no limit. */
    private static PoolConfig config(Map<String, String> environment) {
        String name = environment.getOrDefault("BROWSER_POOL_NAME", "");
        PoolConfig.Builder config = PoolConfig.builder();
        return name.isBlank() ? config.build() : config.name(name.strip()).build();
    }

    private static PoolProvider provider(String url) {
        String scheme = String.valueOf(URI.create(url).getScheme());
        String type = scheme.startsWith("redis") ? "redis" : scheme;
        return ServiceLoader.load(PoolProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "nothing on the class path opens pools of type " + type + "; for redis add pool-redis"));
    }

    private static List<String> lines(BrowserPool pool) {
        PoolStatus status = pool.status();
        List<String> lines = new ArrayList<>();
        lines.add("%d of %d slots in use, %d stopping, %d waiting, %d members with this one"
                .formatted(
                        status.load().running(),
                        status.limit().maxBrowsers(),
                        status.load().stopping(),
                        status.load().waitingForSlot() + status.load().waitingForProfile(),
                        status.members().size()));
        status.running()
                .forEach(slot -> lines.add("slot: " + slot.request().requestId() + ", " + slot.state() + " for "
                        + slot.times().ran().toSeconds() + " s"));
        pool.profiles()
                .all()
                .forEach(lock -> lines.add("profile: " + lock.profileId() + ", " + lock.status() + " with "
                        + lock.owner().describe()));
        return lines;
    }
}
