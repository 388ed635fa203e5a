package dev.browserpool.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * A load test that has the pool to itself, as durations.
 *
 * @param holder the name under which its member holds it, and with which it ends; empty if it lives by its time alone
 * @param runId its name
 * @param who the person or program
 * @param since how long ago it began
 * @param endsIn when it ends by itself
 */
public record LoadTestFacts(Optional<Ticket> holder, String runId, String who, Duration since, Duration endsIn) {}
