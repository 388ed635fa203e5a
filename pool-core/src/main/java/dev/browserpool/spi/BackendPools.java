package dev.browserpool.spi;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.engine.EnginePool;

/** The one door to the engine, for authors of backends. */
public final class BackendPools {
    private BackendPools() {}

    /**
     * A pool over a backend, with the clocks of this system. Joins the store; closing the pool closes the backend.
     *
     * @throws dev.browserpool.StoreUnavailableException if the store cannot be reached; the backend is closed then
     * @throws dev.browserpool.StoreUnusableException if it can be reached and can't be used; the backend is closed then
     */
    public static BrowserPool over(Backend backend, PoolConfig config) {
        return over(backend, config, PoolTime.system());
    }

    /** The same with clocks from outside, for tests. */
    public static BrowserPool over(Backend backend, PoolConfig config, PoolTime time) {
        return EnginePool.open(backend, config, time);
    }
}
