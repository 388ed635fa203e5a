package dev.browserpool.redis;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The platform threads on which calls run: an interrupt of a caller must never reach a connection. Never more calls at once than threads. */
final class CallThreads implements Executor, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CallThreads.class);
    private static final int IDLE_SECONDS = 30;
    /** By the documentation of threads: the group of all virtual ones. */
    private static final String VIRTUAL = "VirtualThreads";

    private final AtomicLong count = new AtomicLong();
    private final ThreadPoolExecutor threads;
    private final Semaphore connections;

    CallThreads(String poolName, int most) {
        connections = new Semaphore(most);
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
        threads.execute(() -> {
            connections.acquireUninterruptibly();
            try {
                call.run();
            } finally {
                connections.release();
            }
        });
    }

    /**
     * Runs the call of somebody who waits for its end. On his own thread, if that is a platform thread: there an interrupt breaks no socket,
     * and none is waited for, since a connection is left; elsewhere if not.
     */
    void executeForWaiter(Runnable call) {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        if (group == null || group.getName().equals(VIRTUAL) || threads.isShutdown() || !connections.tryAcquire()) {
            execute(call);
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            call.run();
        } catch (RuntimeException e) {
            log.error("a call of the ledger failed", e); // as it would be said of a thread of the pool
        } finally {
            connections.release();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
