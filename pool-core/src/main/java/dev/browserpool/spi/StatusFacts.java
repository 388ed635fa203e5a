package dev.browserpool.spi;

import dev.browserpool.OperationType;
import dev.browserpool.PoolStatus;
import dev.browserpool.RefusalReason;
import dev.browserpool.SlotState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pool at one moment, as durations.
 *
 * @param limit the limits in force
 * @param load the load of the pool
 * @param pausedBy why nothing is granted
 * @param loadTest the load test that has the pool
 * @param pace how fast the line moves
 * @param byType the load of each operation type that was seen
 * @param running the slots in use, oldest first, children after their parents
 * @param line the first 100 of the line
 * @param members the members that share the limit
 * @param granted leases granted since the start
 * @param ended ends since the start, by state
 * @param refused refusals since the start, by reason
 * @param times of the newest 1,000 ended requests that had a slot
 */
public record StatusFacts(
        PoolStatus.Limit limit,
        PoolStatus.Load load,
        Optional<String> pausedBy,
        Optional<LoadTestFacts> loadTest,
        Pace pace,
        Map<OperationType, PoolStatus.Load> byType,
        List<SlotFacts> running,
        List<SlotFacts> line,
        List<String> members,
        long granted,
        Map<SlotState, Long> ended,
        Map<RefusalReason, Long> refused,
        List<Times> times) {
    /**
     * How long a request waited and ran.
     *
     * @param waited until it was granted
     * @param ran until it ended
     */
    public record Times(Duration waited, Duration ran) {}
}
