package dev.browserpool.spi;

import java.time.Duration;
import java.util.List;

/**
 * What a ledger answers to a changing call.
 *
 * @param <T> the result's type
 * @param result what became of the call
 * @param signals what this step decided about other requests of the calling member
 * @param nextDue when the ledger has something to do again by itself, and wants a beat; centuries if it has nothing
 * @param more whether a budget ran out: beat again at once
 */
public record Reply<T>(T result, List<Signal> signals, Duration nextDue, boolean more) {}
