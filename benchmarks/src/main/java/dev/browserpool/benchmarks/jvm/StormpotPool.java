package dev.browserpool.benchmarks.jvm;

import java.util.concurrent.TimeUnit;
import stormpot.Allocator;
import stormpot.BasePoolable;
import stormpot.Expiration;
import stormpot.Pool;
import stormpot.Slot;
import stormpot.Timeout;

/** Stormpot, of objects that cost nothing and never expire. */
final class StormpotPool implements Lender {
    private static final Timeout PATIENCE = new Timeout(1, TimeUnit.HOURS);

    private final Pool<Thing> pool;

    StormpotPool(int slots) {
        pool = Pool.from(new Things())
                .setSize(slots)
                .setExpiration(Expiration.never())
                .build();
    }

    private static final class Thing extends BasePoolable {
        Thing(Slot slot) {
            super(slot);
        }
    }

    private static final class Things implements Allocator<Thing> {
        @Override
        public Thing allocate(Slot slot) {
            return new Thing(slot);
        }

        @Override
        public void deallocate(Thing thing) {
            // it is nothing
        }
    }

    @Override
    public void pair(String requestId, Runnable work) throws InterruptedException {
        Thing thing = pool.claim(PATIENCE);
        if (thing == null) {
            throw new IllegalStateException("nothing within an hour");
        }
        try {
            work.run();
        } finally {
            thing.release();
        }
    }

    @Override
    public void close() {
        var unused = pool.shutdown();
    }
}
