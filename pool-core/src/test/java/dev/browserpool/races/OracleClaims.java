package dev.browserpool.races;

import dev.browserpool.SlotState;
import dev.browserpool.spi.Claims;

/** What a member says that it has, and what becomes of it, in the simplest words. */
final class OracleClaims {
    private final OracleLedger oracle;

    OracleClaims(OracleLedger oracle) {
        this.oracle = oracle;
    }

    /** Returns whether it is still its own: always, unless the time in which it could be said is over. */
    boolean holds(OracleEntry entry, Claims.Lease claim) {
        if (!entry.state.holdsSlot()) {
            return false;
        }
        boolean wasForgotten = !oracle.alive.contains(entry);
        if (wasForgotten && !mayReturn(entry, claim)) {
            entry.state = SlotState.LOST;
            return false;
        }
        entry.mustEndAt = oracle.now + claim.endsIn().toMillis();
        if (wasForgotten) {
            entry.state = SlotState.RUNNING;
            entry.recoversFrom = null;
            entry.releasing = false;
            oracle.alive.add(entry);
            if (entry.opened) {
                OracleProfile profile = oracle.profileOf(entry);
                profile.home = Math.max(profile.home, claim.token());
            }
        }
        if (entry.state == SlotState.RUNNING) {
            entry.dueAt = entry.mustEndAt;
            claim.loss().ifPresent(loss -> oracle.stop(entry, loss.reason()));
        }
        return true;
    }

    /** A child comes back to a parent that runs. */
    private boolean mayReturn(OracleEntry entry, Claims.Lease claim) {
        return claim.isSure()
                && (entry.parent == null
                        || (entry.parent.state == SlotState.RUNNING && oracle.alive.contains(entry.parent)));
    }

    boolean waits(OracleEntry entry) {
        if (entry.state == SlotState.WAITING && !oracle.alive.contains(entry)) {
            entry.place = entry.toldPlace;
            oracle.alive.add(entry);
        }
        return entry.state == SlotState.WAITING || entry.state.holdsSlot();
    }
}
