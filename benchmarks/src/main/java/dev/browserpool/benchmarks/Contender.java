package dev.browserpool.benchmarks;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.util.concurrent.Semaphore;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** Something that lends a number of slots, one acquire and one release at a time. */
interface Contender extends AutoCloseable {
    /** Takes a slot, does the work, and gives the slot back. */
    void pair(String requestId, Runnable work) throws Exception;

    @Override
    void close();

    /** The contenders by the names that the benchmarks know. */
    static Contender of(String name, int slots) {
        return switch (name) {
            case "browserPool" -> browserPool(slots);
            case "commonsPool2Fair" -> commonsPool(slots);
            case "semaphoreFair" -> semaphore(slots);
            default -> throw new IllegalArgumentException("unknown contender " + name);
        };
    }

    private static Contender browserPool(int slots) {
        BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(slots));
        return new Contender() {
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
        };
    }

    private static Contender commonsPool(int slots) {
        GenericObjectPoolConfig<Object> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(slots);
        config.setMaxIdle(slots);
        config.setFairness(true);
        config.setJmxEnabled(false);
        GenericObjectPool<Object> pool = new GenericObjectPool<>(
                new BasePooledObjectFactory<>() {
                    @Override
                    public Object create() {
                        return new Object();
                    }

                    @Override
                    public PooledObject<Object> wrap(Object object) {
                        return new DefaultPooledObject<>(object);
                    }
                },
                config);
        return new Contender() {
            @Override
            public void pair(String requestId, Runnable work) throws Exception {
                Object borrowed = pool.borrowObject();
                try {
                    work.run();
                } finally {
                    pool.returnObject(borrowed);
                }
            }

            @Override
            public void close() {
                pool.close();
            }
        };
    }

    private static Contender semaphore(int slots) {
        Semaphore semaphore = new Semaphore(slots, true);
        return new Contender() {
            @Override
            public void pair(String requestId, Runnable work) throws InterruptedException {
                semaphore.acquire();
                try {
                    work.run();
                } finally {
                    semaphore.release();
                }
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }
}
