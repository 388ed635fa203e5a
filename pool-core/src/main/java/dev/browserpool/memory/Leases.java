package dev.browserpool.memory;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who holds slots, in the order of their grants, and whose time is next: a binary heap whose seats know their places, so that
 * any of them leaves in O(log n).
 */
final class Leases {
    private final Chain slots = new Chain();
    private @Nullable Seat[] heap = new Seat[16];
    private int size;

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
            slots.addByToken(seat);
        }
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        place(seat, size++);
        rise(seat);
    }

    void remove(Seat seat) {
        if (seat.parent == null) {
            slots.remove(seat);
        }
        int hole = seat.place;
        Seat last = at(--size);
        heap[size] = null;
        if (last != seat) {
            place(last, hole);
            rise(last);
            sink(last);
        }
    }

    void dueAt(Seat seat, long when) {
        seat.dueAt = when;
        rise(seat);
        sink(seat);
    }

    /** The one whose time has come, if there is one. */
    @Nullable
    Seat overdue(long now) {
        return nextDue() <= now ? at(0) : null;
    }

    long nextDue() {
        return size == 0 ? Long.MAX_VALUE : at(0).dueAt;
    }

    private Seat at(int place) {
        return Objects.requireNonNull(heap[place]);
    }

    private void place(Seat seat, int place) {
        heap[place] = seat;
        seat.place = place;
    }

    private void rise(Seat seat) {
        while (seat.place > 0) {
            Seat parent = at((seat.place - 1) / 2);
            if (!isBefore(seat, parent)) {
                return;
            }
            swap(seat, parent);
        }
    }

    private void sink(Seat seat) {
        for (int child = 2 * seat.place + 1; child < size; child = 2 * seat.place + 1) {
            Seat first = at(child);
            if (child + 1 < size && isBefore(at(child + 1), first)) {
                first = at(child + 1);
            }
            if (!isBefore(first, seat)) {
                return;
            }
            swap(first, seat);
        }
    }

    private void swap(Seat one, Seat other) {
        int place = one.place;
        place(one, other.place);
        place(other, place);
    }

    private static boolean isBefore(Seat one, Seat other) {
        return one.dueAt < other.dueAt || (one.dueAt == other.dueAt && one.arrival < other.arrival);
    }
}
