package dev.browserpool.contract;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.BackendPools;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A cluster of members that each have a faulty wire to a store. What kind of store that is, a subclass says. */
public abstract class BackendCluster implements Cluster {
    private final ManualTime time = new ManualTime();
    private final Map<BrowserPool, FaultyBackend> members = new LinkedHashMap<>();

    /** Access for one more member, to the one store of this cluster, which gives members up after {@link #MEMBER_TTL}. */
    protected abstract Backend newMember(PoolConfig config);

    @Override
    public final ManualTime time() {
        return time;
    }

    @Override
    public final BrowserPool join(PoolConfig config) {
        FaultyBackend backend = new FaultyBackend(newMember(config));
        BrowserPool pool = BackendPools.over(backend, config, time);
        members.put(pool, backend);
        return pool;
    }

    @Override
    public final Backend backend(PoolConfig config) {
        return newMember(config);
    }

    @Override
    public final Wire wire(BrowserPool member) {
        return Optional.ofNullable(members.get(member)).orElseThrow().wire();
    }

    @Override
    public final void calm() {
        members.values().forEach(backend -> backend.wire().calm());
        time.advance(Duration.ofSeconds(2));
    }

    @Override
    public void close() {
        members.keySet().forEach(BrowserPool::close);
    }
}
