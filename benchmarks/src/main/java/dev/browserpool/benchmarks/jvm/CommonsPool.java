package dev.browserpool.benchmarks.jvm;

import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** The fair pool of commons-pool2, of objects that cost nothing. */
final class CommonsPool implements Lender {
    private final GenericObjectPool<Object> pool;

    CommonsPool(int slots) {
        GenericObjectPoolConfig<Object> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(slots);
        config.setMaxIdle(slots);
        config.setFairness(true);
        config.setJmxEnabled(false);
        pool = new GenericObjectPool<>(new Objects(), config);
    }

    private static final class Objects extends BasePooledObjectFactory<Object> {
        @Override
        public Object create() {
            return new Object();
        }

        @Override
        public PooledObject<Object> wrap(Object object) {
            return new DefaultPooledObject<>(object);
        }
    }

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
}
