package dev.browserpool.races;

import dev.browserpool.PoolConfig;
import dev.browserpool.contract.Cluster;
import dev.browserpool.contract.ManualTime;
import dev.browserpool.memory.MemoryStore;
import dev.browserpool.spi.Backend;

/** The ledger in memory decides as the simplest model of the semantics. */
class OracleTest extends OracleContract {

    @Override
    protected Store newStore(PoolConfig config, ManualTime time) {
        MemoryStore store = MemoryStore.create(config, time, Cluster.MEMBER_TTL);
        return new Store() {
            @Override
            public Backend newMember() {
                return store.member();
            }

            @Override
            public void restart(boolean withData) {
                store.restart(withData);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    protected int histories() {
        return 120;
    }
}
