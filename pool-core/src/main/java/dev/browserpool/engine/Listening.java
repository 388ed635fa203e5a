package dev.browserpool.engine;

import dev.browserpool.PoolEvent;
import dev.browserpool.PoolListener;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener, what it has not heard yet, and the thread on which it hears. */
final class Listening implements PoolListener.Registration {
    private static final Logger log = LoggerFactory.getLogger(Listening.class);
    private static final int BUFFER = 10_000;

    private final BlockingQueue<PoolEvent> buffer = new ArrayBlockingQueue<>(BUFFER);
    private final AtomicLong dropped = new AtomicLong();
    private final String poolName;
    private final PoolListener listener;
    private final EventBus bus;
    private final Thread thread;

    /** Nothing more will come; what is in the buffer is still brought. */
    private volatile boolean ending;

    private volatile boolean closed;

    /** Wakes the thread, and is nobody's business. */
    private record End() implements PoolEvent {}

    Listening(String poolName, long number, PoolListener listener, EventBus bus) {
        this.poolName = poolName;
        this.listener = listener;
        this.bus = bus;
        this.thread = new Thread(this::deliver, "browser-pool-" + poolName + "-events-" + number);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void offer(PoolEvent event) {
        if (!buffer.offer(event) && !closed) {
            bus.dropped();
            long count = dropped.incrementAndGet();
            if (Long.bitCount(count) == 1) {
                log.warn(
                        "pool {}: a listener is too slow, {}; {} events were dropped for it so far",
                        poolName,
                        listener,
                        count);
            }
        }
    }

    private void deliver() {
        while (!closed && !(ending && buffer.isEmpty())) {
            try {
                PoolEvent event = buffer.take();
                if (!closed && !(event instanceof End)) {
                    tell(event);
                }
            } catch (InterruptedException e) {
                log.debug("pool {}: a listener left its thread interrupted; events go on", poolName);
            }
        }
    }

    private void tell(PoolEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException | Error e) {
            log.warn("pool {}: a listener failed on {}", poolName, event, e);
        }
    }

    void endAfterTheRest() {
        ending = true;
        wake();
    }

    @Override
    public long dropped() {
        return dropped.get();
    }

    @Override
    public void close() {
        closed = true;
        bus.remove(this);
        buffer.clear();
        wake();
    }

    /** If the buffer is full, the thread will see by itself. */
    private void wake() {
        boolean unused = buffer.offer(new End());
    }
}
