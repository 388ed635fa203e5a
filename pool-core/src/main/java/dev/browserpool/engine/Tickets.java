package dev.browserpool.engine;

import dev.browserpool.spi.Ticket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Requests by their tickets. Tickets are counted up, so a request that does not stay for hundreds of others has a place of its own in
 * a ring, by its number: it comes by one atomic step and goes by none. Whoever finds that place taken is in a map beside it, and stays
 * there. One request comes, goes or is replaced by one thread at a time; whoever looks need not wait for that.
 */
final class Tickets {
    /** A power of two. */
    private static final int SIZE = 256;

    private final AtomicReferenceArray<@Nullable Hold> ring = new AtomicReferenceArray<>(SIZE);
    private final ConcurrentHashMap<Ticket, Hold> others = new ConcurrentHashMap<>();

    void add(Hold hold) {
        if (!ring.compareAndSet(place(hold.ticket), null, hold)) {
            others.put(hold.ticket, hold);
        }
    }

    @Nullable
    Hold get(Ticket ticket) {
        Hold found = ring.get(place(ticket));
        return found != null && found.ticket.equals(ticket) ? found : others.get(ticket);
    }

    /** Nothing, if it is not here any more. A fence behind it is the caller's. */
    void remove(Hold hold) {
        int place = place(hold.ticket);
        if (ring.get(place) == hold) {
            ring.setRelease(place, null);
        } else {
            others.remove(hold.ticket, hold);
        }
    }

    /** Puts another one under the same ticket in its place, if it still has one. */
    void replace(Hold hold, Hold by) {
        if (!ring.compareAndSet(place(hold.ticket), hold, by) && !others.replace(hold.ticket, hold, by)) {
            add(by);
        }
    }

    /** Those that are here all the time while this looks, and perhaps some that come or go. */
    Collection<Hold> all() {
        List<Hold> all = new ArrayList<>();
        for (int place = 0; place < SIZE; place++) {
            Hold hold = ring.get(place);
            if (hold != null) {
                all.add(hold);
            }
        }
        all.addAll(others.values());
        return all;
    }

    /** Neighbours are a cache line apart, since those who come one after the other are often of different threads. */
    private static int place(Ticket ticket) {
        int number = (int) ticket.number();
        return (number << 4 | (number & (SIZE - 1)) >>> 4) & (SIZE - 1);
    }
}
