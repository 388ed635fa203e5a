package dev.browserpool.spi;

import java.util.Map;
import java.util.Set;

/**
 * What a ledger holds for one member.
 *
 * @param leases ticket and what it got
 * @param waiters tickets in line
 */
public record Holdings(Map<Ticket, Grant> leases, Set<Ticket> waiters) {}
