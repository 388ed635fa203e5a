package dev.browserpool.engine;

import dev.browserpool.BrowserPoolException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread, platform or virtual, that parks until it is told. Its value is null, then for ever a lease, a supplier of an
 * exception, or GAVE_UP.
 */
final class BlockedCaller extends AtomicReference<@Nullable Object> implements Waiter {
    private static final long serialVersionUID = 1L;
    private static final Object GAVE_UP = new Object();

    private final transient Thread thread = Thread.currentThread();

    @Override
    public void granted(PooledLease lease) {
        if (Thread.currentThread() == thread && getPlain() == null) {
            setPlain(lease); // he asks himself, and is told once: nobody else writes now
        } else if (compareAndSet(null, lease)) {
            LockSupport.unpark(thread);
        } else {
            lease.decline();
        }
    }

    @Override
    public void failed(Supplier<? extends BrowserPoolException> why) {
        if (compareAndSet(null, why) && Thread.currentThread() != thread) {
            LockSupport.unpark(thread);
        }
    }

    boolean isAnswered() {
        return get() != null;
    }

    /** The lease, or null while there is no answer. */
    private @Nullable PooledLease take() {
        Object told = get();
        if (told instanceof Supplier<?> why) {
            throw (BrowserPoolException) why.get();
        }
        return (PooledLease) told;
    }

    /** The lease; for requests that do not wait in line. An interrupt flag is kept. */
    PooledLease awaitUninterruptibly() {
        boolean interrupted = false;
        try {
            for (PooledLease lease = take(); ; lease = take()) {
                if (lease != null) {
                    return lease;
                }
                interrupted |= Thread.interrupted();
                LockSupport.park(this);
            }
        } finally {
            if (interrupted) {
                thread.interrupt();
            }
        }
    }

    /**
     * The lease. A grant that races with an interrupt is either returned, with the flag set, or declined.
     *
     * @throws InterruptedException after which the answer, whatever it is, is declined
     */
    PooledLease await() throws InterruptedException {
        for (PooledLease lease = take(); ; lease = take()) {
            if (lease != null) {
                return lease;
            }
            if (!Thread.interrupted()) {
                LockSupport.park(this);
            } else if (compareAndSet(null, GAVE_UP)) {
                throw new InterruptedException();
            } else {
                thread.interrupt();
            }
        }
    }
}
