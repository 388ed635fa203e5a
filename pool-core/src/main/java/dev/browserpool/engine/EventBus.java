package dev.browserpool.engine;

import dev.browserpool.PoolEvent;
import dev.browserpool.PoolListener;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Brings events to listeners, each of which has a buffer and a thread of its own, so that none keeps another waiting. */
final class EventBus {
    private final List<Listening> listening = new CopyOnWriteArrayList<>();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong count = new AtomicLong();
    private final String poolName;
    private volatile boolean closed;

    EventBus(String poolName) {
        this.poolName = poolName;
    }

    PoolListener.Registration add(PoolListener listener) {
        Listening added = new Listening(poolName, count.incrementAndGet(), Objects.requireNonNull(listener), this);
        listening.add(added);
        added.start();
        if (closed) {
            added.close(); // it came after the others were told
        }
        return added;
    }

    void remove(Listening one) {
        listening.remove(one);
    }

    /** Whether anybody listens; whoever is in a hurry asks first. */
    boolean isHeard() {
        return !listening.isEmpty();
    }

    /** Never blocks. The event is made only if somebody listens. */
    void publish(Supplier<PoolEvent> event) {
        if (isHeard()) {
            PoolEvent made = event.get();
            listening.forEach(each -> each.offer(made));
        }
    }

    void dropped() {
        dropped.incrementAndGet();
    }

    long droppedSoFar() {
        return dropped.get();
    }

    /** Lets the threads end after what was published so far. */
    void close() {
        closed = true;
        listening.forEach(Listening::endAfterTheRest);
    }
}
