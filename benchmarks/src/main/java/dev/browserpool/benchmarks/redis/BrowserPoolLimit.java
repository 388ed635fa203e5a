package dev.browserpool.benchmarks.redis;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.redis.RedisBrowserPool;
import java.time.Duration;

/** Bare leases of the pool, without browsers and profiles. */
final class BrowserPoolLimit implements SharedLimit {
    private final BrowserPool pool;

    private BrowserPoolLimit(BrowserPool pool) {
        this.pool = pool;
    }

    static BrowserPoolLimit open(String url, String id, int permits) {
        return new BrowserPoolLimit(pool(url, id, permits));
    }

    static BrowserPool pool(String url, String id, int slots) {
        PoolConfig config = PoolConfig.builder()
                .name(id)
                .maxBrowsers(slots)
                .maxQueued(100_000)
                .closeGrace(Duration.ZERO)
                .build();
        return RedisBrowserPool.connect(url, config);
    }

    @Override
    public Permit acquire() throws InterruptedException {
        SlotLease lease = pool.acquire(SlotRequest.of(OperationType.TEST_RUN));
        return () -> {
            lease.complete();
            lease.close();
        };
    }

    @Override
    public void close() {
        pool.close();
    }
}
