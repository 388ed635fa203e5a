package dev.browserpool.engine;

import dev.browserpool.engine.Hold.Stage;
import dev.browserpool.spi.Ticket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The one table of the engine: every request of this member that is on its way, waits, holds, or is being given back. */
final class LeaseTable {
    private final Tickets holds = new Tickets();
    private final AtomicInteger leases = new AtomicInteger();
    private final AtomicInteger waiters = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition gone = lock.newCondition();
    private final AtomicInteger watching = new AtomicInteger();
    private final AtomicLong departures = new AtomicLong();

    void add(Hold hold) {
        holds.add(hold);
    }

    @Nullable
    Hold get(Ticket ticket) {
        return holds.get(ticket);
    }

    /** A copy: those that are here all the time while it is made, and perhaps some that come, go, or get another ticket. */
    List<Hold> all() {
        return holds.all();
    }

    /** Whether there is such a one; what was said of {@link #all} holds here too. */
    boolean has(Predicate<Hold> such) {
        return holds.has(such);
    }

    int leases() {
        return leases.get();
    }

    int waiters() {
        return waiters.get();
    }

    /** Moves a request on, under its own lock. Returns whether it is the first lease or waiter after a time without any. */
    boolean move(Hold hold, Stage to) {
        Stage from = hold.stage;
        hold.moveTo(to);
        if (to == Stage.GONE) {
            holds.remove(hold);
        }
        boolean first = count(waiters, isInLine(from), isInLine(to));
        first |= count(leases, isLease(from), isLease(to));
        if (to == Stage.GONE) {
            tellWatchers(); // the counts are the fence; a request that was refused on its way has none, and is missed a
            // moment later
        }
        return first;
    }

    private static boolean count(AtomicInteger counter, boolean before, boolean after) {
        if (before && !after) {
            counter.decrementAndGet();
        }
        return !before && after && counter.incrementAndGet() == 1;
    }

    /** Puts a request that is on its way back into the line in the place of the lease that it was, under both their locks. */
    void replace(Hold lease, Hold waiting) {
        holds.replace(lease, waiting);
        move(lease, Stage.GONE);
    }

    /** Gives a request a new ticket, under its own lock. */
    void rename(Hold hold, Ticket ticket) {
        holds.remove(hold);
        hold.ticket = ticket;
        holds.add(hold);
    }

    private static boolean isInLine(Stage stage) {
        return stage == Stage.WAITING || stage == Stage.LEAVING;
    }

    private static boolean isLease(Stage stage) {
        return stage == Stage.HELD || stage == Stage.RELEASING;
    }

    private void tellWatchers() {
        if (watching.get() > 0) {
            lock.lock();
            try {
                departures.incrementAndGet();
                gone.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** A condition on this table. */
    interface Check {
        boolean holds();
    }

    /**
     * Waits in real time until the check holds; it is made anew whenever a request has gone, and ten times a second. Never under
     * the lock: a check may take the lock of a request, whose holder comes here to tell, or ask the store.
     */
    boolean await(Check check, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        watching.incrementAndGet();
        try {
            for (long seen = departures.get(); !check.holds(); seen = departures.get()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                awaitDeparture(seen, Math.min(left, 100_000_000L));
            }
            return true;
        } finally {
            watching.decrementAndGet();
        }
    }

    private void awaitDeparture(long seen, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (departures.get() == seen && left > 0) {
                left = gone.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
