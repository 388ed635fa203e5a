package dev.browserpool.memory;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.spi.BackendPools;
import dev.browserpool.spi.PoolTime;

/** Pools that live in this JVM alone. Nothing survives it, and nothing is shared with another one. */
public final class InMemoryBrowserPool {
    private InMemoryBrowserPool() {}

    /** A new pool. Close it. */
    public static BrowserPool create(PoolConfig config) {
        PoolTime time = PoolTime.system();
        return BackendPools.over(MemoryStore.create(config, time).member(), config, time);
    }
}
