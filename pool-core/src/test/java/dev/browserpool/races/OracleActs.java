package dev.browserpool.races;

import dev.browserpool.ProfileRecord.Kind;
import dev.browserpool.ProfileRule;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotState;
import dev.browserpool.races.OracleProfile.Block;
import dev.browserpool.spi.ProfileEnd.Condition;

/** What people say about profiles, and holders about their leases, in the simplest words. */
final class OracleActs {
    private final OracleLedger oracle;

    OracleActs(OracleLedger oracle) {
        this.oracle = oracle;
    }

    String setRule(ProfileRule rule) {
        OracleProfile profile = oracle.profiles.get(rule.profileId());
        int before = profile.rule.maxActive();
        profile.rule = rule;
        profile.refusedProxy = null;
        oracle.lineOf(profile.id).stream()
                .filter(e -> OracleLedger.namesAnotherProxy(e, rule))
                .forEach(e -> oracle.end(e, SlotState.CANCELLED, true));
        return "done " + before;
    }

    String quarantine(OracleProfile profile, String who) {
        boolean isNew = profile.quarantine == null;
        profile.quarantine(who, oracle.nextBlock());
        return isNew ? "done 1" : "done 0";
    }

    /** Ends a quarantine, and what is known of a vanished owner; so nothing is kept for its task either. */
    String clear(OracleProfile profile, String who) {
        if (profile.quarantine == null && profile.vanished == null) {
            return "done 0";
        }
        profile.quarantine = null;
        profile.vanished = null;
        profile.kept = null;
        profile.put(Kind.CLEARED, who);
        return "done 1";
    }

    String checkOut(OracleProfile profile, String who, long millis) {
        boolean isOthers = profile.checkOut != null && !profile.checkOut.who().equals(who);
        if (isOthers || !oracle.ownersOf(profile.id).isEmpty()) {
            return oracle.busy(profile);
        }
        profile.checkOut = new Block(ProfileStatus.CHECKED_OUT, who, oracle.now + millis, oracle.nextBlock());
        profile.put(Kind.CHECKED_OUT, who);
        return "checked out by " + who + " for " + millis;
    }

    String extendCheckOut(OracleProfile profile, String who, long millis) {
        Block present = profile.checkOut;
        if (present == null || !present.who().equals(who)) {
            return oracle.busy(profile);
        }
        profile.checkOut =
                new Block(present.status(), who, Math.max(present.until(), oracle.now + millis), present.number());
        profile.put(Kind.EXTENDED, who);
        return "checked out by " + who + " for " + (profile.checkOut.until() - oracle.now);
    }

    String checkIn(OracleProfile profile, String who) {
        if (profile.checkOut == null || !profile.checkOut.who().equals(who)) {
            return "done 0";
        }
        profile.checkOut = null;
        profile.put(Kind.CHECKED_IN, who);
        return "done 1";
    }

    String extend(OracleEntry entry, long total) {
        if (entry.state != SlotState.RUNNING) {
            return "not held";
        }
        if (total > entry.extended) {
            entry.mustEndAt += total - entry.extended;
            entry.extended = total;
            if (entry.parent != null) {
                entry.mustEndAt = Math.min(entry.mustEndAt, entry.parent.mustEndAt);
            }
            entry.dueAt = entry.mustEndAt;
        }
        return "ends in " + (entry.mustEndAt - oracle.now);
    }

    String note(OracleEntry entry, String checkpoint) {
        entry.checkpoint = checkpoint;
        return "noted";
    }

    String releasing(OracleEntry entry) {
        entry.releasing = true;
        return "noted";
    }

    String opened(OracleEntry entry, long token) {
        if (entry.profile() != null) {
            entry.opened = true;
            oracle.profileOf(entry).home = Math.max(oracle.profileOf(entry).home, token);
            oracle.profileOf(entry).seenOutside = null;
        }
        return "noted";
    }

    /** Somebody else is on the directory: so whoever was to be recovered from still is, unless the directory was opened since. */
    String park(OracleEntry entry, String by, long millis, boolean stay) {
        if (entry.profile() == null) {
            return "not held";
        }
        OracleProfile profile = oracle.profileOf(entry);
        profile.heldOutside(by, oracle.now + millis, oracle.nextBlock());
        if (profile.vanished == null && !entry.opened) {
            profile.vanished = entry.recoversFrom;
        }
        if (!stay || entry.state != SlotState.RUNNING) {
            SlotState last = entry.why == null ? SlotState.FAILED : entry.why.state();
            oracle.release(entry, last, Condition.CLEAN);
            return "ended " + last;
        }
        oracle.endChildren(entry);
        oracle.grants.remove(entry);
        entry.state = SlotState.WAITING;
        entry.extended = 0;
        entry.releasing = false;
        entry.opened = false;
        entry.recoversFrom = null;
        oracle.returnToOldPlace(entry);
        return "parked";
    }
}
