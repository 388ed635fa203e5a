package dev.browserpool.engine;

import dev.browserpool.PoolEvent;
import dev.browserpool.PoolListener;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings events to listeners, one after the other on a thread of its own that starts with the first listener. */
final class EventBus {
    private static final Logger log = LoggerFactory.getLogger(EventBus.class);
    private static final int BUFFER = 10_000;

    private final List<PoolListener> listeners = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(BUFFER);
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicLong dropped = new AtomicLong();
    private final String poolName;
    private volatile boolean closed;

    EventBus(String poolName) {
        this.poolName = poolName;
    }

    void add(PoolListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        if (started.compareAndSet(false, true)) {
            Thread thread = new Thread(this::deliver, "browser-pool-" + poolName + "-events");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Whether anybody listens; whoever is in a hurry asks first. */
    boolean isHeard() {
        return started.get();
    }

    /** Never blocks. The event is made only if somebody listens. */
    void publish(Supplier<PoolEvent> event) {
        if (started.get()) {
            PoolEvent made = event.get();
            if (!queue.offer(() -> listeners.forEach(listener -> tell(listener, made)))) {
                long count = dropped.incrementAndGet();
                if (Long.bitCount(count) == 1) {
                    log.warn("pool {}: a listener is too slow; {} events were dropped so far", poolName, count);
                }
            }
        }
    }

    private void tell(PoolListener listener, PoolEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException | Error e) {
            log.warn("pool {}: a listener failed on {}", poolName, event, e);
        }
    }

    private void deliver() {
        while (!closed || !queue.isEmpty()) {
            try {
                queue.take().run();
            } catch (InterruptedException e) {
                log.debug("pool {}: a listener left its thread interrupted; events go on", poolName);
            }
        }
    }

    /** Lets the thread end after what was published so far. */
    void close() {
        closed = true;
        boolean unused = queue.offer(() -> {}); // if the queue is full, the thread will see the flag anyway
    }
}
