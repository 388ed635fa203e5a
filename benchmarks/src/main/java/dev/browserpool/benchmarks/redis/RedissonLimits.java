package dev.browserpool.benchmarks.redis;

import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.api.RLock;
import org.redisson.api.RPermitExpirableSemaphore;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Redisson's, with its own settings. */
final class RedissonLimits {
    /** Long enough that nothing expires. */
    private static final long LEASE_SECONDS = 600;

    private RedissonLimits() {}

    private static RedissonClient client(String url) {
        Config config = new Config();
        config.useSingleServer().setAddress(url);
        return Redisson.create(config);
    }

    static SharedLimit semaphore(String url, String id, int permits) {
        RedissonClient client = client(url);
        RPermitExpirableSemaphore semaphore = client.getPermitExpirableSemaphore(id);
        semaphore.trySetPermits(permits);
        return new SharedLimit() {
            @Override
            public Permit acquire() throws InterruptedException {
                String permit = semaphore.acquire(LEASE_SECONDS, TimeUnit.SECONDS);
                return () -> semaphore.release(permit);
            }

            @Override
            public void close() {
                client.shutdown();
            }
        };
    }

    static SharedLimit fairLock(String url, String id, int permits) {
        if (permits != 1) {
            throw new IllegalArgumentException("a lock has 1 permit, not " + permits);
        }
        RedissonClient client = client(url);
        RLock lock = client.getFairLock(id);
        return new SharedLimit() {
            @Override
            public Permit acquire() throws InterruptedException {
                lock.lockInterruptibly(LEASE_SECONDS, TimeUnit.SECONDS);
                return lock::unlock;
            }

            @Override
            public void close() {
                client.shutdown();
            }
        };
    }
}
