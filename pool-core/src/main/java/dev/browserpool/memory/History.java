package dev.browserpool.memory;

import dev.browserpool.PoolConfig;
import dev.browserpool.spi.SlotFacts;
import dev.browserpool.spi.StatusFacts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The requests that have ended, for as long as the configuration remembers them; the oldest go first. They arrive in the order
 * of their ends, so the oldest is always at the head, whether for its age or for the number. Touched under the ledger's lock.
 */
final class History {
    private final Deque<Past> entries = new ArrayDeque<>();
    private final int maxSize;
    private final long retention;

    private record Past(Seat seat, String reason, long endedAt) {}

    History(PoolConfig config) {
        this.maxSize = config.historySize();
        this.retention = config.historyRetention().toNanos();
    }

    void add(Seat seat, String reason, long now) {
        entries.addLast(new Past(seat, reason, now));
        trim(now);
    }

    private void trim(long now) {
        while (entries.size() > maxSize || (!entries.isEmpty() && now - entries.getFirst().endedAt > retention)) {
            entries.removeFirst();
        }
    }

    /** The newest, newest first. */
    List<SlotFacts> newest(int limit, long now) {
        trim(now);
        List<SlotFacts> newest = new ArrayList<>(Math.min(limit, entries.size()));
        for (Iterator<Past> all = entries.descendingIterator(); all.hasNext() && newest.size() < limit; ) {
            newest.add(asOf(now, all.next()));
        }
        return newest;
    }

    /** How long the newest of those that had a slot waited and ran. */
    List<StatusFacts.Times> times(int limit, long now) {
        trim(now);
        List<StatusFacts.Times> times = new ArrayList<>(Math.min(limit, entries.size()));
        for (Iterator<Past> all = entries.descendingIterator(); all.hasNext() && times.size() < limit; ) {
            Past past = all.next();
            if (past.seat.token != 0) {
                times.add(new StatusFacts.Times(
                        Duration.ofNanos(past.seat.grantedAt - past.seat.requestedAt),
                        Duration.ofNanos(past.endedAt - past.seat.grantedAt)));
            }
        }
        return times;
    }

    Optional<SlotFacts> latest(String requestId, long now) {
        trim(now);
        for (Iterator<Past> all = entries.descendingIterator(); all.hasNext(); ) {
            Past past = all.next();
            if (past.seat.id().equals(requestId)) {
                return Optional.of(asOf(now, past));
            }
        }
        return Optional.empty();
    }

    int forget(Duration olderThan, long now) {
        int before = entries.size();
        entries.removeIf(past -> now - past.endedAt > olderThan.toNanos());
        return before - entries.size();
    }

    private static SlotFacts asOf(long now, Past past) {
        return Facts.ended(past.seat, past.reason, past.endedAt, now);
    }
}
