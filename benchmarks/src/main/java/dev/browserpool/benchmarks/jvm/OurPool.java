package dev.browserpool.benchmarks.jvm;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.util.concurrent.atomic.LongAdder;

/** The in-memory pool. */
final class OurPool implements Lender {
    private final BrowserPool pool;
    private final LongAdder heard = new LongAdder();

    OurPool(PoolConfig config, boolean listens) {
        pool = InMemoryBrowserPool.create(config);
        if (listens) {
            var unused = pool.addListener(event -> heard.increment());
        }
    }

    @Override
    public void pair(String requestId, Runnable work) throws InterruptedException {
        try (SlotLease lease = pool.acquire(SlotRequest.of(requestId, OperationType.TEST_RUN))) {
            work.run();
            lease.complete();
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
