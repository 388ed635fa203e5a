package dev.browserpool.spi;

import dev.browserpool.SlotState;

/**
 * How a request has ended, by the ledger's word: the first of a release with an outcome and a stop with a reason counts.
 *
 * @param state the final state
 * @param reason a sentence for people
 */
public record Ending(SlotState state, String reason) {}
