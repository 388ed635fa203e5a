package dev.browserpool.redis;

import dev.browserpool.PoolConfig;
import dev.browserpool.contract.BackendCluster;
import dev.browserpool.spi.Backend;

/** A cluster over a real server. */
final class RedisCluster extends BackendCluster {
    private final TestPool pool = new TestPool(time());

    @Override
    protected Backend newMember(PoolConfig config) {
        return pool.newMember(config);
    }

    @Override
    public void restart(boolean withData) {
        pool.restart(withData);
    }

    @Override
    public void close() {
        super.close();
        pool.close();
    }
}
