package dev.browserpool.spi;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a ledger holds for one member.
 *
 * @param known whether it is a member; if not, the rest says nothing
 * @param leases ticket and what it got
 * @param waiters tickets in line
 * @param loadTest the ticket under which it holds the pool for a load test
 */
public record Holdings(boolean known, Map<Ticket, Grant> leases, Set<Ticket> waiters, Optional<Ticket> loadTest) {}
