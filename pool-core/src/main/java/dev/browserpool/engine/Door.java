package dev.browserpool.engine;

import dev.browserpool.spi.Signal;

/**
 * The one door through which a ledger's decisions reach the requests of this member. Idempotent: a signal may come late,
 * repeated, out of order, or never.
 */
final class Door {
    private final Core core;
    private final Submissions submissions;
    private final Releases releases;

    Door(Core core, Submissions submissions, Releases releases) {
        this.core = core;
        this.submissions = submissions;
        this.releases = releases;
    }

    void accept(Signal signal) {
        Hold hold = core.table.get(signal.ticket());
        if (hold == null) {
            return;
        }
        if (signal instanceof Signal.Granted granted) {
            submissions.granted(hold, granted.grant(), core.time.now(), false);
        } else if (signal instanceof Signal.Stopping stopping) {
            releases.lost(hold, stopping.loss());
        } else if (signal instanceof Signal.Ended ended) {
            releases.ended(hold, ended.how());
            submissions.endedInLine(hold, ended.how());
            releases.ended(hold, ended.how()); // granted by another thread in between
        }
    }
}
