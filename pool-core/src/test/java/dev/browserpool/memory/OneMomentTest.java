package dev.browserpool.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserSlot;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotRequest;
import dev.browserpool.spi.BackendPools;
import dev.browserpool.spi.PoolTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** What one answer says is of one moment, however often the clock could be read meanwhile. */
class OneMomentTest {
    private static final PoolConfig CONFIG = PoolConfig.ofSlots(1);

    private final SlowClock time = new SlowClock();
    private final BrowserPool pool =
            BackendPools.over(MemoryStore.create(CONFIG, time).member(), CONFIG, time);

    @Test
    void ofTwoThatHadTheSlotOneAfterTheOtherTheSecondDoesNotBeginBeforeTheFirstHasEnded() throws InterruptedException {
        try (pool) {
            for (String id : List.of("first", "second", "third")) {
                pool.acquire(SlotRequest.of(id, OperationType.PRD)).close();
            }
            List<BrowserSlot> newestFirst = pool.recent(3);

            for (int i = 1; i < newestFirst.size(); i++) {
                assertThat(newestFirst.get(i - 1).grant().orElseThrow().grantedAt())
                        .isAfterOrEqualTo(
                                newestFirst.get(i).ending().orElseThrow().endedAt());
            }
        }
    }

    /** Some time passes on the wall whenever somebody looks at it. */
    private static final class SlowClock implements PoolTime {
        private final AtomicLong readings = new AtomicLong();

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant wall() {
            return Instant.EPOCH.plusMillis(10 * readings.incrementAndGet());
        }

        @Override
        public Driven drive(String threadName, LongUnaryOperator step) {
            return PoolTime.system().drive(threadName, step);
        }
    }
}
