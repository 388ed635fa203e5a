package dev.browserpool.engine;

import dev.browserpool.BrowserPoolException;
import java.util.function.Supplier;

/** Whoever wants the lease: a blocked thread, or a future. Told once; what comes later is declined. */
interface Waiter {
    /** Hands the lease over. If the caller has given up, it is declined, here or on a dispatcher. */
    void granted(PooledLease lease);

    /** Tells that there will be no lease. The exception is made where it is thrown, so that its stack is the caller's. */
    void failed(Supplier<? extends BrowserPoolException> why);
}
