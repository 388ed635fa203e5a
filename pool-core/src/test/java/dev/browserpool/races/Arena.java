package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolStatus;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts who is inside, and says after the fight whether a slot was lost or given away twice. */
final class Arena {
    private final BrowserPool pool;
    private final int slots;
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    Arena(BrowserPool pool, int slots) {
        this.pool = pool;
        this.slots = slots;
    }

    static SlotRequest request() {
        return SlotRequest.of(OperationType.TEST_RUN);
    }

    static SlotRequest request(Duration timeout) {
        return SlotRequest.builder(OperationType.TEST_RUN).timeout(timeout).build();
    }

    SlotLease enter(SlotLease lease) {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        return lease;
    }

    void leave(SlotLease lease) {
        inside.decrementAndGet();
        lease.close();
    }

    /** Takes every slot there is, at once. */
    List<SlotLease> takeAll() {
        List<SlotLease> leases = new ArrayList<>();
        for (int i = 0; i < slots; i++) {
            leases.add(enter(pool.tryAcquire(request())
                    .orElseThrow(() -> new AssertionError("a slot is lost: " + pool.status()))));
        }
        return leases;
    }

    /** A caller that gave up gives a late grant back by another thread: that may take a moment, but no more. */
    void isAsBefore(String when) {
        await(when)
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> pool.status().load().equals(PoolStatus.Load.NONE));
        assertThat(pool.status().running()).as(when).isEmpty();
        assertThat(pool.status().line()).as(when).isEmpty();
        assertThat(pool.status().available()).as(when).isEqualTo(slots);
        assertThat(most.get()).as("most at once, " + when).isLessThanOrEqualTo(slots);
        List<SlotLease> all = takeAll();
        assertThat(pool.tryAcquire(request())).as("one too many, " + when).isEmpty();
        all.forEach(this::leave);
        assertThat(inside.get()).as(when).isZero();
    }
}
