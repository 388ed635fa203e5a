package dev.browserpool.memory;

import org.jspecify.annotations.Nullable;

/** A doubly linked list through the seats themselves: a seat stands in one chain at a time, and leaves it in constant time. */
final class Chain {
    private @Nullable Seat first;
    private @Nullable Seat last;
    private int size;

    @Nullable
    Seat first() {
        return first;
    }

    int size() {
        return size;
    }

    void addLast(Seat seat) {
        seat.before = last;
        seat.after = null;
        if (last == null) {
            first = seat;
        } else {
            last.after = seat;
        }
        last = seat;
        size++;
    }

    /** Puts a seat where its arrival number belongs: last, but for one that comes back, and few are older than that. */
    void add(Seat seat) {
        Seat next = last == null || last.arrival < seat.arrival ? null : first;
        while (next != null && next.arrival < seat.arrival) {
            next = next.after;
        }
        addBefore(next, seat);
    }

    /** Puts a lease that comes back where its token belongs. */
    void addByToken(Seat seat) {
        Seat next = last == null || last.token < seat.token ? null : first;
        while (next != null && next.token < seat.token) {
            next = next.after;
        }
        addBefore(next, seat);
    }

    private void addBefore(@Nullable Seat next, Seat seat) {
        if (next == null) {
            addLast(seat);
            return;
        }
        seat.before = next.before;
        seat.after = next;
        if (next.before == null) {
            first = seat;
        } else {
            next.before.after = seat;
        }
        next.before = seat;
        size++;
    }

    void remove(Seat seat) {
        if (seat.before == null) {
            first = seat.after;
        } else {
            seat.before.after = seat.after;
        }
        if (seat.after == null) {
            last = seat.before;
        } else {
            seat.after.before = seat.before;
        }
        seat.before = null;
        seat.after = null;
        size--;
    }
}
