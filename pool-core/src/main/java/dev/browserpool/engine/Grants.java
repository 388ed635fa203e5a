package dev.browserpool.engine;

import dev.browserpool.PoolEvent;
import dev.browserpool.engine.Hold.Stage;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.Ticket;
import java.time.Duration;

/** A request has its slot: its lease is made and handed to whoever waits for it, or goes on to the next. */
final class Grants {
    private final Core core;
    private final Releases releases;
    private final LeaseDoors doors;
    private final Patience patience;

    Grants(Core core, Releases releases, LeaseDoors doors, Patience patience) {
        this.core = core;
        this.releases = releases;
        this.doors = doors;
        this.patience = patience;
    }

    /**
     * The request has its slot. While its caller is leaving, a mere signal changes nothing: the answer to the withdrawal will
     * say the same.
     */
    void granted(Hold hold, Grant grant, long since, boolean answer) {
        Waiter waiter;
        PooledLease lease;
        boolean first;
        hold.lock.lock();
        try {
            boolean expected = hold.stage == Stage.SENT || hold.stage == Stage.WAITING;
            boolean isOldNews = expected && grant.token() <= hold.parkedToken;
            if (isOldNews || (!expected && !(answer && hold.stage == Stage.LEAVING))) {
                return;
            }
            patience.end(hold);
            lease = releases.hold(hold, grant, since, doors);
            first = core.table.move(hold, Stage.HELD);
            if (core.events.isHeard()) {
                core.events.publish(() -> new PoolEvent.Granted(hold.request, grant.token(), waited(hold)));
            }
            waiter = hold.takeWaiter();
        } finally {
            hold.lock.unlock();
        }
        releases.lostBeforeItWasSeen(hold);
        if (waiter == null) {
            lease.decline();
        } else {
            waiter.granted(lease);
        }
        if (first) {
            core.wakeSoon(since);
        }
    }

    private static Duration waited(Hold hold) {
        return Duration.ofNanos(Math.max(0, hold.grantedAt - hold.waitingSince));
    }

    /** A grant that no request of this member stands for. */
    void disown(Ticket ticket, Grant grant) {
        releases.releaseUnknown(ticket, grant);
    }
}
