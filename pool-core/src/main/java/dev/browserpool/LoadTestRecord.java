package dev.browserpool;

import java.time.Instant;

/**
 * A load test that is over, on record.
 *
 * @param test which
 * @param endedAt when
 * @param by the person or program that ended it; {@code the pool} for its time limit, or if its member died
 * @param reason why
 */
public record LoadTestRecord(LoadTest test, Instant endedAt, String by, String reason) {}
