package dev.browserpool.redis;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The platform threads on which calls run: an interrupt of a caller must never reach a connection. */
final class CallThreads implements Executor, AutoCloseable {
    private static final int IDLE_SECONDS = 30;

    private final AtomicLong count = new AtomicLong();
    private final ThreadPoolExecutor threads;

    CallThreads(String poolName, int most) {
        threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "browser-pool-" + poolName + "-redis-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable call) {
        threads.execute(call);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
