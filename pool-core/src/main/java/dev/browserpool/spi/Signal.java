package dev.browserpool.spi;

import dev.browserpool.LeaseLoss;

/** Something that a ledger decided about a request, for the member that waits for it or holds it. */
public sealed interface Signal {
    /** Which request. */
    Ticket ticket();

    /**
     * A waiter has its slot.
     *
     * @param ticket which
     * @param grant what it got
     */
    record Granted(Ticket ticket, Grant grant) implements Signal {}

    /**
     * A lease is being taken back.
     *
     * @param ticket which
     * @param loss why
     */
    record Stopping(Ticket ticket, LeaseLoss loss) implements Signal {}

    /**
     * A request has ended other than by a call of its own member.
     *
     * @param ticket which
     * @param how how
     */
    record Ended(Ticket ticket, Ending how) implements Signal {}
}
