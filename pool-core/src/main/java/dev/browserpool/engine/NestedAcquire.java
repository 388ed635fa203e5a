package dev.browserpool.engine;

import dev.browserpool.SlotRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns a thread that holds a lease and blocks for another of the same pool: enough such threads wait for each other for ever. */
final class NestedAcquire {
    private static final Logger log = LoggerFactory.getLogger(NestedAcquire.class);

    private final String poolName;

    /** One per pool: a lease of another pool is no reason to warn. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Latest> latest = ThreadLocal.withInitial(Latest::new);

    /** What a thread got and may still hold, oldest first. */
    private static final class Latest {
        private static final int FEW = 8;

        private final List<Hold> holds = new ArrayList<>(1);
        private int many = FEW;

        void add(Hold hold) {
            int last = holds.size() - 1;
            if (last >= 0 && holds.get(last).stage != Hold.Stage.HELD) {
                holds.set(last, hold);
                return;
            }
            if (holds.size() >= many) {
                holds.removeIf(earlier -> earlier.stage != Hold.Stage.HELD);
                many = Math.max(FEW, 2 * holds.size());
            }
            holds.add(hold);
        }

        /** The newest that it still holds; forgets those after it. */
        @Nullable
        Hold newest() {
            for (int last = holds.size() - 1; last >= 0; last--) {
                if (holds.get(last).stage == Hold.Stage.HELD) {
                    return holds.get(last);
                }
                holds.remove(last);
            }
            return null;
        }
    }

    NestedAcquire(String poolName) {
        this.poolName = poolName;
    }

    /** The calling thread has got a lease. */
    void got(Hold hold) {
        latest.get().add(hold);
    }

    /** The calling thread is about to block. */
    void warnIfHolding(SlotRequest request) {
        Hold held = latest.get().newest();
        if (held != null && !held.warned) {
            held.warned = true;
            log.warn(
                    "pool {}: this thread holds the lease of request {} and waits for another one, {}: that can deadlock; run "
                            + "it on the same slot with lease.child(\"{}\", …), or close the first lease before",
                    poolName,
                    held.id(),
                    request.requestId(),
                    request.requestId());
        }
    }
}
