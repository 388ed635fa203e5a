package dev.browserpool.memory;

import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Identity;
import dev.browserpool.spi.Ledger;
import dev.browserpool.spi.Signals;
import java.time.Duration;
import java.util.concurrent.Executor;

/** One member's access to a store in this JVM: calls run on the caller, signals arrive on whoever caused them. */
final class MemoryBackend implements Backend {

    private final MemoryStore store;
    private volatile Identity identity = Identity.fresh();

    MemoryBackend(MemoryStore store) {
        this.store = store;
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public Identity renew() {
        store.deaf(identity.member());
        identity = Identity.fresh();
        return identity;
    }

    @Override
    public Ledger ledger() {
        return new MemoryLedger(store, identity.member());
    }

    @Override
    public Signals signals() {
        return (receiver, gap) -> store.listen(identity.member(), receiver, gap);
    }

    @Override
    public Executor calls() {
        return Runnable::run;
    }

    @Override
    public Duration memberTtl() {
        return store.memberTtl();
    }

    @Override
    public void close() {
        store.deaf(identity.member());
    }
}
