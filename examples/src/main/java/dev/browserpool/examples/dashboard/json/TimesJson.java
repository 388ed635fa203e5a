package dev.browserpool.examples.dashboard.json;

import dev.browserpool.PoolStatus.Percentiles;

/**
 * The distribution of a time.
 *
 * @param samples of how many leases; the times are zero if of none
 */
public record TimesJson(int samples, long p50Millis, long p90Millis, long p99Millis, long maxMillis) {
    static TimesJson of(Percentiles times) {
        return new TimesJson(
                times.samples(),
                times.p50().toMillis(),
                times.p90().toMillis(),
                times.p99().toMillis(),
                times.max().toMillis());
    }
}
