package dev.browserpool.spi;

import java.time.Duration;
import java.util.Set;

/**
 * The store knows this member now.
 *
 * @param validFor for how long, from the moment at which the call was sent, nobody else gets what this member holds
 * @param epoch the life of the store's data: another one after every restart, failover or loss
 * @param refused which of its claims are not its own any more, or not yet again: leases are lost, requests have to be submitted
 */
public record Joined(Duration validFor, String epoch, Set<Ticket> refused) {}
