package dev.browserpool.playwright;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One thread at a time. Setting and taking the owner is the happens-before edge that Playwright's objects need. */
final class Confinement {
    private final String requestId;
    private final AtomicReference<@Nullable Thread> owner;

    Confinement(String requestId, Thread owner) {
        this.requestId = requestId;
        this.owner = new AtomicReference<>(owner);
    }

    void check(String door) {
        if (!enter()) {
            throw new ConfinementException(requestId, door, ownerName(), nameOf(Thread.currentThread()));
        }
    }

    /** Whether the calling thread is the owner, or has become it because nobody is: handed over, or ended. */
    boolean enter() {
        Thread me = Thread.currentThread();
        Thread now = owner.get();
        if (now == me) {
            return true;
        }
        return (now == null || !now.isAlive()) && owner.compareAndSet(now, me);
    }

    void handOver() {
        check("handOver()");
        owner.set(null);
    }

    String ownerName() {
        Thread now = owner.get();
        return now == null ? "nobody" : nameOf(now);
    }

    /** Virtual threads have no name unless given one. */
    private static String nameOf(Thread thread) {
        return thread.getName().isEmpty() ? thread.toString() : thread.getName();
    }
}
