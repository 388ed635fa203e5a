package dev.browserpool.spi;

import java.time.Duration;

/**
 * A load test that is over, as the ledger remembers it.
 *
 * @param test which, as of now
 * @param ago when it ended
 * @param by who ended it
 * @param reason why
 */
public record LoadTestRecordFacts(LoadTestFacts test, Duration ago, String by, String reason) {}
