package dev.browserpool.benchmarks.scale;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.redis.RedisBrowserPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Many members of one pool in this process, each with connections and threads of its own as in a process of its own. Whoever gets a
 * slot holds it for a while, gives it back, and stands in line again: the line keeps its length.
 */
final class Traffic implements AutoCloseable {
    private static final int RELEASING = 16;
    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(20);

    private final List<BrowserPool> members = new ArrayList<>();
    private final Size size;
    private final long holdNanos;
    private final HandOvers handOvers;
    private final ScheduledThreadPoolExecutor holders = new ScheduledThreadPoolExecutor(RELEASING);
    private final AtomicLong granted = new AtomicLong();
    private volatile boolean over;

    /** How many of each. */
    record Size(int members, int waiters, int slots) {}

    /** @param hold how long a slot is held on average: half of that at the least, one and a half at the most */
    Traffic(String url, Size size, Duration hold, HandOvers handOvers) {
        this.size = size;
        this.holdNanos = hold.toNanos();
        this.handOvers = handOvers;
        PoolConfig config = PoolConfig.builder()
                .name("scale-" + UUID.randomUUID())
                .maxBrowsers(size.slots)
                .maxQueued(2 * size.waiters + 1)
                .closeGrace(Duration.ZERO)
                .build();
        for (int i = 0; i < size.members; i++) {
            members.add(RedisBrowserPool.connect(url, config));
        }
    }

    /** Everybody comes; returns when all slots are taken and the line is as long as it should be. */
    void begin() {
        members.get(0).operations().pause("until all are in line");
        for (int i = 0; i < size.waiters + size.slots; i++) {
            stand(members.get(i % members.size()));
        }
        await(() -> members.get(0).status().load().waiting() == size.waiters + size.slots);
        members.get(0).operations().resume();
        await(() -> granted.get() >= size.slots);
    }

    private interface Check {
        boolean holds();
    }

    private static void await(Check check) {
        while (!check.holds()) {
            LockSupport.parkNanos(LOOK_AGAIN);
        }
    }

    private void stand(BrowserPool member) {
        if (over) {
            return;
        }
        var unused = member.acquireAsync(SlotRequest.of(OperationType.TEST_RUN))
                .thenAccept(lease -> hold(member, lease, System.nanoTime()));
    }

    private void hold(BrowserPool member, SlotLease lease, long seen) {
        handOvers.granted(lease.token(), seen);
        granted.incrementAndGet();
        long nanos = holdNanos / 2
                + (holdNanos == 0 ? 0 : ThreadLocalRandom.current().nextLong(holdNanos));
        if (!over) {
            var unused = holders.schedule(() -> giveBack(member, lease), nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void giveBack(BrowserPool member, SlotLease lease) {
        lease.complete();
        long begin = System.nanoTime();
        lease.close();
        handOvers.released(begin, System.nanoTime());
        stand(member);
    }

    @Override
    public void close() {
        over = true;
        holders.shutdownNow();
        members.forEach(BrowserPool::close);
    }
}
