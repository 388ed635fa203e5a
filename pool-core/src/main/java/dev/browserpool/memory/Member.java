package dev.browserpool.memory;

import dev.browserpool.spi.Identity;
import dev.browserpool.spi.Signal;
import dev.browserpool.spi.Ticket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One pool instance: what is its own, and what it has to be told. */
final class Member {
    final Identity identity;
    final Map<Ticket, Seat> seats = new HashMap<>();
    int leases;

    /** Those of its leases that it was told to stop. */
    final Set<Seat> stopping = new HashSet<>(0);

    long deadline;
    long lastBeat;
    /** When what it holds counts as stale without another sign of life; {@link Long#MAX_VALUE} if members cannot die alone. */
    long staleAt;

    /** Whether it is being given up. */
    boolean dead;

    private List<Signal> outbox = new ArrayList<>(0);

    Member(Identity identity) {
        this.identity = identity;
    }

    /** Its leases, those first that run, then its waiters; each kind oldest first. */
    List<Seat> seatsInOrder() {
        return seats.values().stream()
                .sorted(Comparator.comparing((Seat seat) -> !seat.state.holdsSlot())
                        .thenComparing(seat -> seat.state)
                        .thenComparing(seat -> seat.arrival))
                .toList();
    }

    /** Whether it has been given up, or will be as soon as there is time for it: until then it gets nothing. */
    boolean isDead(long now) {
        return dead || deadline <= now;
    }

    /** Whether it dies when it gives no sign of life. */
    boolean isMortal() {
        return staleAt != Long.MAX_VALUE;
    }

    void tell(Signal signal) {
        outbox.add(signal);
    }

    List<Signal> takeOutbox() {
        if (outbox.isEmpty()) {
            return List.of();
        }
        List<Signal> told = outbox;
        outbox = new ArrayList<>(0);
        return told;
    }
}
