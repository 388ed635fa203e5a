package dev.browserpool.playwright;

import dev.browserpool.playwright.host.Deadline;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One session's hold on the processes that it runs in. It ends when they are passed on to another session: a clock that fires late,
 * or a loss that is told late, must not reach those.
 */
final class Tenancy {
    private static final Duration LATE = Duration.ofSeconds(2);

    private final ReentrantLock lock = new ReentrantLock();
    private final Rest rest;
    private final Footprint own;
    private Footprint footprint;
    private boolean stopped;
    private @Nullable Deadline late;
    private boolean over;

    Tenancy(Footprint own) {
        this.own = own;
        this.footprint = own;
        this.rest = own.rest();
    }

    /**
     * Takes over what another session has left warm, in place of what would have been its own.
     *
     * @throws IllegalStateException if it was stopped meanwhile; what is taken over is then stopped as well
     */
    void moveInto(Footprint warm) {
        lock.lock();
        try {
            footprint = warm;
            warm.restBy(rest);
            if (stopped) {
                warm.processes().killDriver();
                throw new IllegalStateException("the session was stopped while it was opened");
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Goes back to what is its own, since what it took over has died.
     *
     * @throws IllegalStateException if it was stopped meanwhile: then what it took over ends with it
     */
    void moveOut() {
        lock.lock();
        try {
            if (stopped) {
                throw new IllegalStateException("the session was stopped while it was opened");
            }
            footprint.abandon();
            footprint = own;
        } finally {
            lock.unlock();
        }
    }

    /** What follows on the session's end, in whatever it ran. */
    Rest rest() {
        return rest;
    }

    Footprint footprint() {
        lock.lock();
        try {
            return footprint;
        } finally {
            lock.unlock();
        }
    }

    /** SIGKILL for the driver, as long as it is this session's. */
    void killDriver() {
        lock.lock();
        try {
            stopped = true;
            if (!over) {
                footprint.processes().killDriver();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * For one that opens; to be called again and again. A driver is killed when the browser runs that it was told to start, or is late:
     * Playwright tells the console of one that dies before it has heard that.
     */
    void endOpening() {
        lock.lock();
        try {
            stopped = true;
            if (isLate() || footprint.processes().browser().isPresent()) {
                killDriver();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isLate() {
        Deadline end = late == null ? Deadline.in(LATE) : late;
        late = end;
        return end.isOver();
    }

    /**
     * For what is long, or can't be undone.
     *
     * @throws IllegalStateException if it was stopped
     */
    void requireGoing() {
        lock.lock();
        try {
            if (stopped) {
                throw new IllegalStateException("the session was stopped while it was opened");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives it up for another session, unless the driver was killed. Returns whether it did. */
    boolean passOn() {
        lock.lock();
        try {
            over = !stopped;
            return over;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it was given up for another session. */
    boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }
}
