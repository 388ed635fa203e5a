package dev.browserpool.spi;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import java.util.List;

/**
 * Opens pools of one type for {@code BrowserPools}. Found by {@link java.util.ServiceLoader}, so that a pool can be chosen by
 * configuration without code that names it.
 */
public interface PoolProvider {
    /** The value of {@code BROWSER_POOL_TYPE} that it stands for. */
    String type();

    /** What it wants to know beside what the environment says of every pool. */
    List<Setting<?>> settings();

    /**
     * A new pool.
     *
     * @param config what the environment says of every pool
     * @param settings its own
     * @throws IllegalArgumentException if settings do not fit together; it names the variables
     * @throws dev.browserpool.StoreUnavailableException if the store could not be reached
     */
    BrowserPool open(PoolConfig config, Settings settings);
}
