package dev.browserpool.spi;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import java.util.Map;

/**
 * Opens pools of one type for {@code BrowserPools}. Found by {@link java.util.ServiceLoader}, so that a pool can be chosen by
 * configuration without code that names it.
 */
public interface PoolProvider {
    /** The value of {@code BROWSER_POOL_TYPE} that it stands for. */
    String type();

    /**
     * A new pool.
     *
     * @param config what the environment says of every pool
     * @param environment for what is its type's own
     * @throws IllegalArgumentException if a variable is missing or has a bad value; it names the variable
     * @throws dev.browserpool.StoreUnavailableException if the store could not be reached
     */
    BrowserPool open(PoolConfig config, Map<String, String> environment);
}
