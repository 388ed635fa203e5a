package dev.browserpool.spi;

import java.util.Map;
import java.util.Set;

/**
 * What a ledger holds for one member.
 *
 * @param known whether it is a member; if not, the rest says nothing
 * @param leases ticket and what it got
 * @param waiters tickets in line
 */
public record Holdings(boolean known, Map<Ticket, Grant> leases, Set<Ticket> waiters) {}
