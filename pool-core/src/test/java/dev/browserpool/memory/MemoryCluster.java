package dev.browserpool.memory;

import dev.browserpool.PoolConfig;
import dev.browserpool.contract.BackendCluster;
import dev.browserpool.spi.Backend;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Members of one store in this JVM, which gives them up as one behind a wire would. */
final class MemoryCluster extends BackendCluster {
    private @Nullable MemoryStore store;

    @Override
    protected Backend newMember(PoolConfig config) {
        if (store == null) {
            store = MemoryStore.create(config, time(), MEMBER_TTL);
        }
        return store.member();
    }

    @Override
    public void restart(boolean withData) {
        Objects.requireNonNull(store, "nobody has joined yet").restart(withData);
    }
}
