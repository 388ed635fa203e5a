package dev.browserpool.benchmarks.jvm;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;

/** The bulkhead of Resilience4j that is a fair semaphore with events. */
final class Bulkheads implements Lender {
    private final Bulkhead bulkhead;

    Bulkheads(int slots) {
        bulkhead = Bulkhead.of(
                "benchmark",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(slots)
                        .maxWaitDuration(Duration.ofHours(1))
                        .fairCallHandlingStrategyEnabled(true)
                        .build());
    }

    @Override
    public void pair(String requestId, Runnable work) {
        bulkhead.acquirePermission();
        try {
            work.run();
        } finally {
            bulkhead.onComplete();
        }
    }

    @Override
    public void close() {
        // nothing is held
    }
}
