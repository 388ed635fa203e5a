package dev.browserpool.benchmarks.scale;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What happens when, on a clock that jumps from one to the next. In virtual milliseconds. */
final class Agenda {
    private final PriorityQueue<Item> items =
            new PriorityQueue<>(Comparator.comparingLong(Item::at).thenComparingLong(Item::number));
    private long now;
    private long numbers;

    /** What happens. */
    interface Happening {
        void happen() throws InterruptedException;
    }

    private record Item(long at, long number, Happening what) {}

    long now() {
        return now;
    }

    void at(long when, Happening what) {
        items.add(new Item(when, numbers++, what));
    }

    void runUntil(long end, VirtualStore store) throws InterruptedException {
        while (!items.isEmpty() && items.element().at < end) {
            Item next = items.remove();
            now = Math.max(now, next.at);
            store.clock(now);
            next.what.happen();
        }
        now = Math.max(now, end);
    }
}
