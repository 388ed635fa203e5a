package dev.browserpool.redis;

import dev.browserpool.PoolConfig;
import dev.browserpool.contract.BackendCluster;
import dev.browserpool.spi.Backend;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/** A cluster over a real server. */
final class RedisCluster extends BackendCluster {
    private final TestPool pool;

    RedisCluster() {
        pool = new TestPool(time());
    }

    /** Over a server of the test's own, through clients that may do less. */
    RedisCluster(Supplier<UnifiedJedis> connect) {
        pool = new TestPool(time(), connect, false);
    }

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
