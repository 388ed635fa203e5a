package dev.browserpool.spi;

/** What became of a request whose caller gave up. */
public sealed interface Withdrawal {
    /**
     * It has left the line.
     *
     * @param where where it stood, and who was before it
     */
    record Gone(Wait where) implements Withdrawal {}

    /**
     * Too late: it has its slot, and whoever gave up must take it or release it.
     *
     * @param grant what it got
     */
    record Granted(Grant grant) implements Withdrawal {}

    /** The ledger knows no such ticket, or knows it no longer. */
    record Unknown() implements Withdrawal {}
}
