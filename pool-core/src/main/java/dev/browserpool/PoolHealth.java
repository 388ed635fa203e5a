package dev.browserpool;

import java.time.Duration;
import java.util.Optional;

/**
 * How this member of a pool is, by its own clocks: what a health check or a metric asks, also while the store is away.
 *
 * @param isOpen whether the pool takes requests: not closed, nor being closed
 * @param isTrusted whether what this member holds is still its own; false if the store has been away for so long that it is lost
 * @param store how the store answers; empty for a pool in memory, which has none to wait for
 * @param eventsDropped how many events listeners missed since they were too slow, of all listeners
 */
public record PoolHealth(boolean isOpen, boolean isTrusted, Optional<Store> store, long eventsDropped) {

    /**
     * How the store answers, since this member was opened.
     *
     * @param heartbeatAge how long ago the last sign of life was sent that the store has answered
     * @param calls how many calls were answered
     * @param callTime how long all of them took together, from here and back
     * @param failures how many were not answered
     */
    public record Store(Duration heartbeatAge, long calls, Duration callTime, long failures) {}

    /** Whether a request that comes now has a chance: open and trusted. */
    public boolean isUp() {
        return isOpen && isTrusted;
    }
}
