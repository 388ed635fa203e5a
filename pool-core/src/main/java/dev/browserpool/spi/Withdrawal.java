package dev.browserpool.spi;

import java.util.Optional;

/** What became of a request whose caller gave up. */
public sealed interface Withdrawal {
    /**
     * It has left the line.
     *
     * @param where where it stood, and who was before it
     * @param ended its last state; empty if the ledger had ended it before
     */
    record Gone(Wait where, Optional<SlotFacts> ended) implements Withdrawal {}

    /**
     * Too late: it has its slot, and whoever gave up must take it or release it.
     *
     * @param grant what it got
     */
    record Granted(Grant grant) implements Withdrawal {}

    /** The ledger knows no such ticket, or knows it no longer. */
    record Unknown() implements Withdrawal {}
}
