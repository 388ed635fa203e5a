package dev.browserpool.memory;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who holds slots, in the order of their grants, and whose time is next. */
final class Leases {
    private final Chain slots = new Chain();
    private final TreeSet<Seat> due =
            new TreeSet<>(Comparator.<Seat>comparingLong(s -> s.dueAt).thenComparingLong(s -> s.arrival));

    /** How many slots are in use. Children use none. */
    int used() {
        return slots.size();
    }

    @Nullable
    Seat oldest() {
        return slots.first();
    }

    void add(Seat seat) {
        if (seat.parent == null) {
            slots.addLast(seat);
        }
        due.add(seat);
    }

    void remove(Seat seat) {
        if (seat.parent == null) {
            slots.remove(seat);
        }
        due.remove(seat);
    }

    void dueAt(Seat seat, long when) {
        due.remove(seat);
        seat.dueAt = when;
        due.add(seat);
    }

    /** The one whose time has come, if there is one. */
    @Nullable
    Seat overdue(long now) {
        return nextDue() <= now ? due.first() : null;
    }

    long nextDue() {
        return due.isEmpty() ? Long.MAX_VALUE : due.first().dueAt;
    }
}
