package dev.browserpool.engine;

import dev.browserpool.spi.Signal;

/**
 * The one door through which a ledger's decisions reach the requests of this member. Idempotent: a signal may come late,
 * repeated, out of order, or never.
 */
final class Door {
    private final Core core;
    private final Grants grants;
    private final Withdrawals withdrawals;
    private final Releases releases;

    Door(Core core, Grants grants, Withdrawals withdrawals, Releases releases) {
        this.core = core;
        this.grants = grants;
        this.withdrawals = withdrawals;
        this.releases = releases;
    }

    void accept(Signal signal) {
        Hold hold = core.table.get(signal.ticket());
        if (hold == null) {
            if (signal instanceof Signal.Ended ended) {
                core.loadTests.ended(ended.ticket(), ended.how().reason());
            }
            return;
        }
        if (signal instanceof Signal.Granted granted) {
            grants.granted(hold, granted.grant(), core.time.now(), false);
        } else if (signal instanceof Signal.Stopping stopping) {
            releases.lost(hold, stopping.loss());
        } else if (signal instanceof Signal.Ended ended) {
            releases.ended(hold, ended.how());
            withdrawals.endedInLine(hold, ended.how());
            releases.ended(hold, ended.how()); // granted by another thread in between
        }
    }
}
