package dev.browserpool.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be done when, in engine nanoseconds. Adding and removing take O(log n). */
final class Deadlines {
    private static final Logger log = LoggerFactory.getLogger(Deadlines.class);

    private final ConcurrentNavigableMap<Entry, Runnable> entries = new ConcurrentSkipListMap<>();
    private final AtomicLong count = new AtomicLong();
    private volatile Wakeable wakeable = at -> {};

    /** Whoever runs what is due. */
    interface Wakeable {
        void wakeAt(long nanos);
    }

    record Entry(long at, long number) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    void drivenBy(Wakeable who) {
        this.wakeable = who;
    }

    void wakeAt(long at) {
        wakeable.wakeAt(at);
    }

    Entry schedule(long at, Runnable task) {
        Entry entry = new Entry(at, count.incrementAndGet());
        entries.put(entry, task);
        Map.Entry<Entry, Runnable> first = entries.firstEntry();
        if (first != null && first.getKey().equals(entry)) {
            wakeable.wakeAt(at);
        }
        return entry;
    }

    void cancel(Entry entry) {
        entries.remove(entry);
    }

    /** One that fails must not keep the others waiting. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("something that was due failed", e);
        }
    }

    /** Runs what is due and returns when the next is, or {@link Long#MAX_VALUE}. */
    long runDue(long now) {
        while (true) {
            Map.Entry<Entry, Runnable> first = entries.firstEntry();
            if (first == null) {
                return Long.MAX_VALUE;
            }
            if (first.getKey().at > now) {
                return first.getKey().at;
            }
            if (entries.remove(first.getKey(), first.getValue())) {
                run(first.getValue());
            }
        }
    }
}
