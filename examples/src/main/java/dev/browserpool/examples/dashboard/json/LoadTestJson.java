package dev.browserpool.examples.dashboard.json;

import dev.browserpool.LoadTest;
import java.time.Instant;

/**
 * A load test that has the pool.
 *
 * @param until when it ends at the latest
 * @param held whether a lease in some JVM holds it; else it is ended by its name, or by its time
 */
public record LoadTestJson(String runId, String who, Instant since, Instant until, boolean held) {
    /** Of a load test. */
    public static LoadTestJson of(LoadTest test) {
        return new LoadTestJson(
                test.runId(),
                test.who(),
                test.since(),
                test.until(),
                test.memberId().isPresent());
    }
}
