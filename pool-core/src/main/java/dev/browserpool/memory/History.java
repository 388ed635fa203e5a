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
    private final Deque<Seat> entries = new ArrayDeque<>();
    private final int maxSize;
    private final long retention;

    /** Before this time the oldest is not too old, so it is not looked at. The time may be too early, never too late. */
    private long notTooOldBefore = Long.MIN_VALUE;

    History(PoolConfig config) {
        this.maxSize = config.historySize();
        this.retention = config.historyRetention().toNanos();
    }

    /** One that has just ended. */
    void add(Seat seat) {
        entries.addLast(seat);
        trim(seat.endedAt);
    }

    private void trim(long now) {
        while (entries.size() > maxSize) {
            entries.removeFirst();
        }
        if (now >= notTooOldBefore) {
            while (!entries.isEmpty() && now - entries.getFirst().endedAt > retention) {
                entries.removeFirst();
            }
            long oldest = entries.isEmpty() ? now : entries.getFirst().endedAt;
            notTooOldBefore = PoolClock.later(oldest, retention);
        }
    }

    /** The newest, newest first. */
    List<SlotFacts> newest(int limit, long now) {
        trim(now);
        List<SlotFacts> newest = new ArrayList<>(Math.min(limit, entries.size()));
        for (Iterator<Seat> all = entries.descendingIterator(); all.hasNext() && newest.size() < limit; ) {
            newest.add(asOf(now, all.next()));
        }
        return newest;
    }

    /** How long the newest of those that had a slot waited and ran. */
    List<StatusFacts.Times> times(int limit, long now) {
        trim(now);
        List<StatusFacts.Times> times = new ArrayList<>(Math.min(limit, entries.size()));
        for (Iterator<Seat> all = entries.descendingIterator(); all.hasNext() && times.size() < limit; ) {
            Seat past = all.next();
            if (past.token != 0) {
                times.add(new StatusFacts.Times(
                        Duration.ofNanos(past.grantedAt - past.requestedAt),
                        Duration.ofNanos(past.endedAt - past.grantedAt)));
            }
        }
        return times;
    }

    Optional<SlotFacts> latest(String requestId, long now) {
        trim(now);
        for (Iterator<Seat> all = entries.descendingIterator(); all.hasNext(); ) {
            Seat past = all.next();
            if (past.id().equals(requestId)) {
                return Optional.of(asOf(now, past));
            }
        }
        return Optional.empty();
    }

    int forget(Duration olderThan, long now) {
        trim(now); // what nobody could see any more does not count
        int before = entries.size();
        entries.removeIf(past -> now - past.endedAt > olderThan.toNanos());
        return before - entries.size();
    }

    private static SlotFacts asOf(long now, Seat past) {
        return Facts.ended(past, now);
    }
}
