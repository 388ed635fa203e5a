package dev.browserpool.playwright;

import dev.browserpool.BrowserPool;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.playwright.host.Deadline;
import dev.browserpool.playwright.host.Interrupts;
import java.io.IOException;
import java.time.Duration;

/** A profile that this program has checked out, as a person would, for work on its files. One thread's. */
final class CheckOut implements AutoCloseable {
    /** After a crash nobody waits longer. */
    private static final Duration HOLD = Duration.ofMinutes(2);

    private static final Duration RENEW = Duration.ofSeconds(30);

    private final BrowserPool pool;
    private final String profileId;
    private final String who;
    /** That one had it before, and keeps it. */
    private final boolean wasOurs;

    private Deadline renewal = Deadline.in(RENEW);

    /**
     * Takes it.
     *
     * @throws ProfileConflictException if somebody else has it
     */
    CheckOut(BrowserPool pool, String profileId, String who, String why) {
        this.pool = pool;
        this.profileId = profileId;
        this.who = who;
        this.wasOurs = isOurs();
        if (!wasOurs) {
            pool.profiles().checkOut(profileId, who, why, HOLD);
        }
    }

    private boolean isOurs() {
        try {
            pool.profiles().extendCheckOut(profileId, who, HOLD);
            return true;
        } catch (ProfileConflictException notOurs) {
            return false;
        }
    }

    String who() {
        return who;
    }

    /** For as long as the work goes on; throws if it is to end. */
    void renew() throws IOException {
        Interrupts.check();
        if (renewal.isOver()) {
            pool.profiles().extendCheckOut(profileId, who, HOLD);
            renewal = Deadline.in(RENEW);
        }
    }

    @Override
    public void close() {
        if (!wasOurs) {
            pool.profiles().checkIn(profileId, who, "done");
        }
    }
}
