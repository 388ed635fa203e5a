package dev.browserpool.examples.dashboard.json;

import dev.browserpool.PoolStatus;
import java.time.Instant;

/** How much was going on at one moment, for a chart. */
public record LoadSample(Instant at, int running, int waiting, int limit) {
    /** Of a status that was read at this moment. */
    public static LoadSample of(PoolStatus status, Instant at) {
        return new LoadSample(
                at,
                status.load().used(),
                status.load().waiting(),
                status.limit().maxBrowsers());
    }
}
