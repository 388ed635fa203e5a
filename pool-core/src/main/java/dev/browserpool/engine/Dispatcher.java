package dev.browserpool.engine;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The daemon threads on which users' code runs: continuations of futures and listeners of leases. Whatever comes with a lease
 * gets a thread at once, so that nobody who blocks in his continuation keeps another from hearing that his lease is lost. Bad news for those in line, of whom there may be very many, share a few threads.
 */
final class Dispatcher {
    private static final int FOR_BAD_NEWS = 16;
    private static final int IDLE_SECONDS = 10;

    private final AtomicLong count = new AtomicLong();
    private final String poolName;
    private final ThreadPoolExecutor leases;
    private final ThreadPoolExecutor badNews;

    Dispatcher(String poolName) {
        this.poolName = poolName;
        this.leases = threads(0, Integer.MAX_VALUE, new SynchronousQueue<>());
        this.badNews = threads(FOR_BAD_NEWS, FOR_BAD_NEWS, new LinkedBlockingQueue<>());
        badNews.allowCoreThreadTimeOut(true);
    }

    private ThreadPoolExecutor threads(int least, int most, BlockingQueue<Runnable> queue) {
        return new ThreadPoolExecutor(least, most, IDLE_SECONDS, TimeUnit.SECONDS, queue, task -> {
            Thread thread = new Thread(task, "browser-pool-" + poolName + "-dispatcher-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Does something about a granted lease. */
    void aboutLease(Runnable task) {
        run(leases, task);
    }

    /** Tells somebody in line that there will be no lease. */
    void badNews(Runnable task) {
        run(badNews, task);
    }

    private static void run(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            task.run(); // the pool is closed, or the system has no threads left: better here than never
        }
    }

    /** Lets the threads end after what was given to them so far. */
    void close() {
        leases.shutdown();
        badNews.shutdown();
    }
}
