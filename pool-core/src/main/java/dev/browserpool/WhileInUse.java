package dev.browserpool;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Does something at once and then again and again, on a daemon thread of its own, until nobody has needed it for a while. */
final class WhileInUse {
    private final String threadName;
    private final Runnable work;
    private final long pauseNanos;
    private final long idleNanos;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile long neededAt;

    WhileInUse(String threadName, Runnable work, Duration pause, Duration idle) {
        this.threadName = threadName;
        this.work = work;
        this.pauseNanos = pause.toNanos();
        this.idleNanos = idle.toNanos();
    }

    /**
     * Cheap if it is at work already; else the work is done once on this thread before this returns. If that fails, the next call begins
     * anew.
     */
    void need() {
        neededAt = System.nanoTime();
        if (!running.get() && running.compareAndSet(false, true)) {
            try {
                work.run();
                Thread thread = new Thread(this::loop, threadName);
                thread.setDaemon(true);
                thread.start();
            } catch (RuntimeException | Error e) { // perhaps the system has no threads left
                running.set(false);
                throw e;
            }
        }
    }

    private void loop() {
        try {
            workWhileNeeded();
        } catch (RuntimeException | Error e) {
            running.set(false);
            throw e;
        }
    }

    private void workWhileNeeded() {
        do {
            while (System.nanoTime() - neededAt < idleNanos) {
                LockSupport.parkNanos(this, pauseNanos);
                work.run();
            }
            running.set(false); // who comes in between sees a thread that is about to end, and is seen here
        } while (System.nanoTime() - neededAt < idleNanos && running.compareAndSet(false, true));
    }
}
