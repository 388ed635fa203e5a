package dev.browserpool.engine;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** How long calls of the ledger take. A ledger in this JVM is not measured: there is nothing to wait for, and each call counts. */
final class CallTimes {
    private final boolean isMeasured;
    private final LongAdder answered = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder failed = new LongAdder();

    CallTimes(boolean isMeasured) {
        this.isMeasured = isMeasured;
    }

    long begin() {
        return isMeasured ? System.nanoTime() : 0;
    }

    void answered(long since) {
        if (isMeasured) {
            answered.increment();
            nanos.add(System.nanoTime() - since);
        }
    }

    void failed() {
        failed.increment();
    }

    long answered() {
        return answered.sum();
    }

    Duration inAll() {
        return Duration.ofNanos(nanos.sum());
    }

    long failures() {
        return failed.sum();
    }
}
