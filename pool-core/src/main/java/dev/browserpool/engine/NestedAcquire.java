package dev.browserpool.engine;

import dev.browserpool.SlotRequest;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns a thread that holds a lease and blocks for another of the same pool: enough such threads wait for each other for ever. */
final class NestedAcquire {
    private static final Logger log = LoggerFactory.getLogger(NestedAcquire.class);

    private final String poolName;

    /** One per pool: a lease of another pool is no reason to warn. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable WeakReference<Hold>> latest = new ThreadLocal<>();

    NestedAcquire(String poolName) {
        this.poolName = poolName;
    }

    /** The calling thread has got a lease. */
    void got(Hold hold) {
        WeakReference<Hold> before = latest.get();
        Hold earlier = before == null ? null : before.get();
        hold.earlierOfThread = stillHeld(earlier);
        latest.set(new WeakReference<>(hold));
    }

    /** The calling thread is about to block. */
    void warnIfHolding(SlotRequest request) {
        WeakReference<Hold> reference = latest.get();
        Hold held = stillHeld(reference == null ? null : reference.get());
        if (held != null) {
            log.warn(
                    "pool {}: this thread holds the lease of request {} and waits for another one, {}: that can deadlock; run "
                            + "it on the same slot with lease.child(\"{}\", …), or close the first lease before",
                    poolName,
                    held.id(),
                    request.requestId(),
                    request.requestId());
        }
    }

    private static @Nullable Hold stillHeld(@Nullable Hold from) {
        Hold hold = from;
        while (hold != null && hold.stage != Hold.Stage.HELD) {
            hold = hold.earlierOfThread;
        }
        return hold;
    }
}
