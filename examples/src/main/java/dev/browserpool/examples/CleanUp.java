package dev.browserpool.examples;

import ch.qos.logback.classic.LoggerContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.LoggerFactory;

/** What has to be ended before the demo is over, the last first: when it is closed, or when the JVM is told to end before that. */
final class CleanUp implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread hook = new Thread(this::closeQuietly, "clean-up");

    /** Empty, and in place. */
    CleanUp() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    <T extends AutoCloseable> T add(T resource) {
        lock.lock();
        try {
            open.push(resource);
        } finally {
            lock.unlock();
        }
        return resource;
    }

    /** Ctrl-C ends the server too: that nobody can say goodbye to it then is nobody's business. */
    private void closeQuietly() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
            logging.stop();
        }
        closeAll();
    }

    /** Each once, whoever calls; a second caller waits until the first is done. */
    private void closeAll() {
        lock.lock();
        try {
            while (!open.isEmpty()) {
                close(open.pop());
            }
        } finally {
            lock.unlock();
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            System.err.println("demo: could not end " + resource.getClass().getSimpleName() + ": " + e);
        }
    }

    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            sayNothingMore();
        }
    }

    /** The JVM is ending, by way of the hook: what broke on that is nobody's business. */
    private static void sayNothingMore() {
        while (true) {
            LockSupport.park();
        }
    }
}
