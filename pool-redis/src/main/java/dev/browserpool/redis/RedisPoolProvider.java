package dev.browserpool.redis;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.spi.PoolProvider;
import java.util.Map;

/** Pools in Redis for whoever says {@code BROWSER_POOL_TYPE=redis} or {@code REDIS_URL}. */
public final class RedisPoolProvider implements PoolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public RedisPoolProvider() {}

    @Override
    public String type() {
        return "redis";
    }

    @Override
    public BrowserPool open(PoolConfig config, Map<String, String> environment) {
        String url = environment.getOrDefault("REDIS_URL", "");
        if (url.isBlank()) {
            throw new IllegalArgumentException(
                    "BROWSER_POOL_TYPE is 'redis' and REDIS_URL is not set; it must look like redis://localhost:6379");
        }
        return RedisBrowserPool.connect(url, config);
    }
}
