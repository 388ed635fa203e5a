package dev.browserpool.redis;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.spi.PoolProvider;
import dev.browserpool.spi.Setting;
import dev.browserpool.spi.Settings;
import java.util.List;

/** Pools in Redis for whoever says {@code BROWSER_POOL_TYPE=redis} or {@code REDIS_URL}. */
public final class RedisPoolProvider implements PoolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public RedisPoolProvider() {}

    @Override
    public String type() {
        return "redis";
    }

    @Override
    public List<Setting<?>> settings() {
        return RedisSettings.ALL;
    }

    @Override
    public BrowserPool open(PoolConfig config, Settings settings) {
        return RedisBrowserPool.connect(settings.value(RedisSettings.URL), config, RedisSettings.options(settings));
    }
}
