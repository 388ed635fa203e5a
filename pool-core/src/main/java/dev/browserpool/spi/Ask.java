package dev.browserpool.spi;

import dev.browserpool.SlotRequest;
import java.time.Duration;

/**
 * A request with its ticket and with nothing left open.
 *
 * @param ticket its name with the ledger
 * @param request what is wanted
 * @param mayWait whether it may stay in line
 * @param maxDuration how long its lease may be held
 * @param waitsForLoadTest whether it may stay in line while a load test has the pool; else it is refused then
 */
public record Ask(Ticket ticket, SlotRequest request, boolean mayWait, Duration maxDuration, boolean waitsForLoadTest) {
    /** One that is refused while a load test has the pool. */
    public Ask(Ticket ticket, SlotRequest request, boolean mayWait, Duration maxDuration) {
        this(ticket, request, mayWait, maxDuration, false);
    }
}
