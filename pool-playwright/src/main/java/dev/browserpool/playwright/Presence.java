package dev.browserpool.playwright;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A place in which a thread may be interrupted, and nowhere else: whoever wants to interrupt it does so under the lock that it takes
 * on its way out, where it clears the flag. So an interrupt that was meant for one piece of work never reaches the next.
 */
final class Presence {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread inside;
    private boolean interrupted;
    private boolean alsoByOthers;

    /** By the thread itself. */
    void enter() {
        lock.lock();
        try {
            inside = Thread.currentThread();
            interrupted = false;
        } finally {
            lock.unlock();
        }
    }

    /** By any thread. Returns whether somebody was inside, and has been interrupted now or before. */
    boolean interrupt() {
        lock.lock();
        try {
            Thread there = inside;
            if (there != null && !interrupted) {
                alsoByOthers = there.isInterrupted();
                interrupted = true;
                there.interrupt();
            }
            return there != null;
        } finally {
            lock.unlock();
        }
    }

    /** By the thread itself. The flag that an interrupt from here left is cleared; one that was there before it is kept. */
    void leave() {
        lock.lock();
        try {
            inside = null;
            if (interrupted && !alsoByOthers) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether whoever was inside last was interrupted from here. */
    boolean wasInterrupted() {
        lock.lock();
        try {
            return interrupted;
        } finally {
            lock.unlock();
        }
    }
}
