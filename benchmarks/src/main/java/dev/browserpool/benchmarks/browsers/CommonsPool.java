package dev.browserpool.benchmarks.browsers;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** Warm browsers in commons-pool2, tested before they are lent. */
final class CommonsPool implements PageSource {
    private final GenericObjectPool<WarmPair> pool;

    CommonsPool(Path executable, int slots) {
        pool = new GenericObjectPool<>(new BasePooledObjectFactory<>() {
            @Override
            public WarmPair create() {
                return WarmPair.start(executable);
            }

            @Override
            public PooledObject<WarmPair> wrap(WarmPair pair) {
                return new DefaultPooledObject<>(pair);
            }

            @Override
            public boolean validateObject(PooledObject<WarmPair> pooled) {
                return pooled.getObject().browser().isConnected();
            }

            @Override
            public void destroyObject(PooledObject<WarmPair> pooled) {
                pooled.getObject().close();
            }
        });
        pool.setMaxTotal(slots);
        pool.setMaxIdle(slots);
        pool.setTestOnBorrow(true);
    }

    @Override
    public void lend(Consumer<Page> work) throws Exception {
        WarmPair pair = pool.borrowObject();
        try {
            pair.lend(work);
        } finally {
            pool.returnObject(pair);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
