package dev.browserpool.redis;

import dev.browserpool.PoolConfig;
import dev.browserpool.contract.ManualTime;
import dev.browserpool.races.OracleContract;
import dev.browserpool.spi.Backend;

/** The ledger in Redis decides as the simplest model of the semantics, and so as the one in memory. */
class RedisOracleTest extends OracleContract {

    @Override
    protected Store newStore(PoolConfig config, ManualTime time) {
        TestPool pool = new TestPool(time);
        return new Store() {
            @Override
            public Backend newMember() {
                return pool.newMember(config);
            }

            @Override
            public void restart(boolean withData) {
                pool.restart(withData);
            }

            @Override
            public void close() {
                pool.close();
            }
        };
    }

    @Override
    protected int histories() {
        return 10;
    }
}
