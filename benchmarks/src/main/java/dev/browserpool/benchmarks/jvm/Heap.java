package dev.browserpool.benchmarks.jvm;

import java.lang.management.ManagementFactory;

/** How much of the heap is reachable. */
final class Heap {
    private Heap() {}

    /** In bytes, after it was collected. */
    static long used() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
