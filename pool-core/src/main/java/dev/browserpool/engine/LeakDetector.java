package dev.browserpool.engine;

import dev.browserpool.LeakStacks;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds leases that nobody can close any more, and explains where they came from. */
final class LeakDetector {
    private static final Logger log = LoggerFactory.getLogger(LeakDetector.class);

    /** 64 less the ten bits that have to be zero: one in 1,024. */
    private static final int SAMPLE_SHIFT = 54;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final ReferenceQueue<PooledLease> queue = new ReferenceQueue<>();
    private final AtomicLong leaked = new AtomicLong();
    private final String poolName;
    private volatile boolean always;

    LeakDetector(String poolName, LeakStacks stacks) {
        this.poolName = poolName;
        this.always = stacks == LeakStacks.ALWAYS;
    }

    /** The engine's only way to a lease in the user's hands. */
    static final class LeaseReference extends WeakReference<PooledLease> {
        final Hold hold;

        LeaseReference(PooledLease lease, Hold hold, ReferenceQueue<PooledLease> queue) {
            super(lease, queue);
            this.hold = hold;
        }
    }

    /**
     * The stack of the caller, for one in 1,024, or for all after the first leak.
     *
     * @param number of the request: those that are sampled lie at uneven distances, so that no rhythm of the callers hides one of them
     */
    @Nullable
    Throwable sampleStack(long number) {
        return always || (number * GOLDEN) >>> SAMPLE_SHIFT == 0 ? new Throwable("the lease was acquired here") : null;
    }

    LeaseReference watch(PooledLease lease, Hold hold) {
        return new LeaseReference(lease, hold, queue);
    }

    /** Gives each forgotten lease that was found since the last call to the reclaimer. */
    void find(Consumer<Hold> reclaim) {
        for (var found = queue.poll(); found != null; found = queue.poll()) {
            Hold hold = ((LeaseReference) found).hold;
            if (hold.stage == Hold.Stage.HELD) {
                explain(hold, "was garbage-collected without having been closed");
                reclaim.accept(hold);
            }
        }
    }

    /** Counts and logs a leak, once. */
    void explain(Hold hold, String what) {
        hold.lock.lock();
        try {
            if (hold.explained) {
                return;
            }
            hold.explained = true;
        } finally {
            hold.lock.unlock();
        }
        leaked.incrementAndGet();
        always = true;
        String fix = "close it: try (SlotLease lease = pool.acquire(…)) { … }, or use pool.call(…)";
        Throwable stack = hold.acquiredAt;
        if (stack != null) {
            log.warn("pool {}: the lease of request {} {}; {}", poolName, hold.id(), what, fix, stack);
        } else {
            log.warn(
                    "pool {}: the lease of request {} {}; {}. From now on every lease keeps its stack, so the next leak "
                            + "will be named",
                    poolName,
                    hold.id(),
                    what,
                    fix);
        }
    }

    long leaked() {
        return leaked.get();
    }
}
