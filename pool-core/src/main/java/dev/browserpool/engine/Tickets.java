package dev.browserpool.engine;

import dev.browserpool.spi.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Requests by their tickets. Tickets are counted up, so a request that does not stay for hundreds of others has a place of its own in
 * a ring, by its number: it comes by one atomic step and goes by none. Whoever finds that place taken is in a map beside it, and stays
 * there. One request comes, goes or is replaced by one thread at a time; whoever looks need not wait for that.
 */
final class Tickets {
    /** How many places there are: numbers that differ by this want the same one. */
    static final int SIZE = 256;

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

    /** Does nothing if it is not here any more. The place is free without a fence: whoever has to be seen to have gone adds one. */
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

    /** Those that are here all the time while this looks, and perhaps some that come, go, or get another ticket. */
    List<Hold> all() {
        List<Hold> all = new ArrayList<>();
        boolean unused = has(hold -> !all.add(hold));
        return all;
    }

    /** Whether there is such a one; looks no further when it has found it. */
    boolean has(Predicate<Hold> such) {
        for (int place = 0; place < SIZE; place++) {
            Hold hold = ring.get(place);
            if (hold != null && such.test(hold)) {
                return true;
            }
        }
        return others.values().stream().anyMatch(such);
    }

    /**
     * The lowest eight bits of the number, with its halves exchanged: those who come one after the other are often of different threads,
     * so their places are sixteen references apart, a cache line or two.
     */
    private static int place(Ticket ticket) {
        int number = (int) ticket.number() & 0xff;
        return (number & 0xf) << 4 | number >>> 4;
    }
}
