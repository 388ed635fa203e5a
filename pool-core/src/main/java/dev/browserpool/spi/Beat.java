package dev.browserpool.spi;

import java.time.Duration;

/** A member's sign of life, answered. */
public sealed interface Beat {
    /**
     * The ledger holds exactly as many leases and waiters of this member as the member said.
     *
     * @param validFor for how long, from the moment at which the beat was sent, nobody else gets what this member holds
     */
    record Confirmed(Duration validFor) implements Beat {}

    /**
     * The numbers differ: read {@link Query.Mine} and set it right.
     *
     * @param validFor as in {@link Confirmed}
     */
    record Mismatch(Duration validFor) implements Beat {}

    /**
     * The ledger does not know this member, or knows it no longer. If the epoch is the one in which it joined, it was given up: it
     * has to join under a new id. If not, the store has forgotten: it comes back as what it is, see {@link Ledger#rejoin}.
     *
     * @param epoch the store's present one; empty if it has no data of this pool
     */
    record Rejoin(String epoch) implements Beat {}
}
