package dev.browserpool.races;

import com.sun.management.ThreadMXBean;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.lang.management.ManagementFactory;

/** For {@link AllocationTest}, in a JVM of its own: prints the bytes that one acquire and release allocate on the average. */
final class AllocationProgram {
    private static final int PAIRS = 10_000;

    private AllocationProgram() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws InterruptedException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long me = Thread.currentThread().getId();
        SlotRequest request = SlotRequest.of("the-same", OperationType.TEST_RUN);
        // no history, which keeps what it is given; what a sampled stack costs comes in one of 1,024
        PoolConfig config = PoolConfig.ofSlots(1).toBuilder().historySize(0).build();
        try (BrowserPool pool = InMemoryBrowserPool.create(config)) {
            pairs(pool, request);
            long before = threads.getThreadAllocatedBytes(me);
            pairs(pool, request);
            long bytes = threads.getThreadAllocatedBytes(me) - before;
            System.out.println(Math.round((double) bytes / PAIRS));
        }
    }

    private static void pairs(BrowserPool pool, SlotRequest request) throws InterruptedException {
        for (int i = 0; i < PAIRS; i++) {
            pool.acquire(request).close();
        }
    }
}
