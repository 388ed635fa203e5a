package dev.browserpool.memory;

import dev.browserpool.ProfileRecord.Kind;
import dev.browserpool.ProfileRule.OnStale;
import dev.browserpool.ProfileStatus;
import dev.browserpool.spi.OutsideOwner;
import dev.browserpool.spi.ProfileEnd;
import java.time.Duration;

/** What becomes of a profile beside its owners and its line: who keeps it closed, and what follows on a bad end. */
final class Custody {
    final Dues dues = new Dues();
    final ProfileHistory history;
    private final Line line;
    private final PoolClock clock;
    private long blocks;

    Custody(Line line, ProfileHistory history, PoolClock clock) {
        this.line = line;
        this.history = history;
        this.clock = clock;
    }

    /** An owner is about to give it back. */
    void returned(Seat owner, Profile profile, ProfileEnd how) {
        switch (how.condition()) {
            case CLEAN -> {}
            case UNCLEAN -> {
                owner.unclean = true;
                endedBadly(owner, profile, "its browser could not be closed cleanly: " + how.note());
            }
            case QUARANTINE -> {
                boolean unused = quarantine(profile, owner.id(), how.note());
            }
        }
    }

    /** An owner is about to lose it, and nobody knows whether its browser is gone. */
    void vanished(Seat owner, Profile profile) {
        owner.vanished = true;
        endedBadly(owner, profile, "its owner vanished: request " + owner.id());
    }

    private void endedBadly(Seat owner, Profile profile, String what) {
        boolean neverCame = !owner.opened && owner.recoveredFrom != null;
        profile.vanished = neverCame ? owner.recoveredFrom : owner;
        if (profile.rule.onStale() == OnStale.REVIEW) {
            boolean unused = quarantine(profile, owner.id(), what);
        } else if (profile.rule.onStale() == OnStale.RETRY) {
            keepFor(owner, profile, what);
        }
    }

    private void keepFor(Seat owner, Profile profile, String why) {
        if (profile.kept != null) {
            lift(profile.kept);
        }
        profile.kept = block(profile, ProfileStatus.STALE, owner.task(), why);
        profile.keptArrival = owner.arrival;
        dues.endAt(profile.kept, clock.now() + profile.rule.retryWindow().toNanos());
        callNextOfItsTask(profile);
    }

    private void callNextOfItsTask(Profile profile) {
        for (Seat seat = profile.line.first(); seat != null; seat = seat.after) {
            if (profile.isKeptForTaskOf(seat)) {
                line.dequeue(seat);
                returnsTo(profile, seat);
                line.enqueue(seat);
                return;
            }
        }
    }

    /** A request is about to be put in line: if the profile is kept for its task, and no older one of that task waits, it is next. */
    void welcome(Seat seat, Profile profile) {
        if (profile.isKeptForTaskOf(seat) && (profile.keptFor == null || seat.arrival < profile.keptFor.arrival)) {
            returnsTo(profile, seat);
        }
    }

    /** A request has left the line without a grant: the profile may be kept for others of its task. */
    void left(Seat seat, Profile profile) {
        if (profile.isKeptForTaskOf(seat) && profile.keptFor == null) {
            callNextOfItsTask(profile);
        }
    }

    /** To the place of whoever lost it, unless its own is older. */
    private static void returnsTo(Profile profile, Seat seat) {
        seat.arrival = Math.min(seat.arrival, profile.keptArrival);
        profile.keptFor = seat;
    }

    /** A request names another proxy than the profile's. On record once in a row: it may be tried again and again. */
    void refused(Profile profile, Seat seat, String asked, String required) {
        if (asked.equals(profile.lastRefusedProxy)) {
            return;
        }
        profile.lastRefusedProxy = asked;
        history.note(
                profile,
                Kind.REFUSED,
                seat.id(),
                "it names proxy " + asked + ", the profile is used through " + required,
                clock.now());
    }

    /** A request gets it: whatever was known of a bad end is the new owner's to deal with. */
    void granted(Seat owner, Profile profile) {
        owner.recoveredFrom = profile.vanished;
        profile.lastRefusedProxy = null;
        profile.vanished = null;
        if (profile.kept != null) {
            lift(profile.kept);
        }
    }

    boolean quarantine(Profile profile, String who, String why) {
        boolean isNew = profile.quarantine == null;
        if (isNew) {
            profile.quarantine = block(profile, ProfileStatus.QUARANTINED, who, why);
        }
        history.note(profile, Kind.QUARANTINED, who, why, clock.now());
        line.refresh(profile);
        return isNew;
    }

    boolean clear(Profile profile, String who, String note) {
        if (profile.quarantine == null && profile.vanished == null) {
            return false;
        }
        profile.vanished = null;
        history.note(profile, Kind.CLEARED, who, note, clock.now());
        for (Block block : profile.blocks()) {
            if (block == profile.quarantine || block == profile.kept) {
                lift(block);
            }
        }
        line.tidy(profile);
        return true;
    }

    /** Said again, reason and end are new; the person has had it all the time. */
    Block checkOut(Profile profile, String who, String why, long until) {
        Block before = profile.checkOut;
        Block block = block(profile, ProfileStatus.CHECKED_OUT, who, why, before == null ? clock.now() : before.since);
        if (before != null) {
            dues.remove(before);
        }
        profile.checkOut = block;
        dues.endAt(block, until);
        history.note(profile, Kind.CHECKED_OUT, who, why, clock.now());
        line.refresh(profile);
        return block;
    }

    void extend(Block checkOut, Duration howLong) {
        dues.endAt(checkOut, Math.max(checkOut.until, clock.now() + howLong.toNanos()));
        history.note(checkOut.profile, Kind.EXTENDED, checkOut.who, "for " + howLong + " from then on", clock.now());
    }

    void checkIn(Block checkOut, String note) {
        history.note(checkOut.profile, Kind.CHECKED_IN, checkOut.who, note, clock.now());
        lift(checkOut);
        line.tidy(checkOut.profile);
    }

    /** Somebody else is on its directory. On record once for each process, however often it is seen. */
    void heldOutside(Profile profile, OutsideOwner by, long until) {
        String who = by.describe();
        Block seen = profile.outside;
        if (seen == null || !seen.who.equals(who)) {
            if (seen != null) {
                lift(seen);
            }
            profile.outside = block(profile, ProfileStatus.HELD_OUTSIDE, who, by.command());
            if (!who.equals(profile.lastOutside)) {
                history.note(profile, Kind.HELD_OUTSIDE, who, by.command(), clock.now());
                profile.lastOutside = who;
            }
            seen = profile.outside;
        }
        dues.endAt(seen, until);
        line.refresh(profile);
    }

    /** An owner could not even open it: whomever it was to recover from is the next one's to deal with. */
    void neverOpened(Seat owner, Profile profile) {
        if (!owner.opened && profile.vanished == null) {
            profile.vanished = owner.recoveredFrom;
        }
    }

    /** The time of a block is over. */
    void lapse(Block block) {
        if (block.status == ProfileStatus.CHECKED_OUT) {
            checkIn(block, "its time was over");
        } else {
            lift(block);
            line.tidy(block.profile);
        }
    }

    private Block block(Profile profile, ProfileStatus status, String who, String why) {
        return block(profile, status, who, why, clock.now());
    }

    private Block block(Profile profile, ProfileStatus status, String who, String why, long since) {
        return new Block(profile, status, who, why, since, ++blocks);
    }

    /** Does not forget the profile: another block may take the place of this one. */
    private void lift(Block block) {
        Profile profile = block.profile;
        dues.remove(block);
        if (block == profile.quarantine) {
            profile.quarantine = null;
        } else if (block == profile.checkOut) {
            profile.checkOut = null;
        } else if (block == profile.outside) {
            profile.outside = null;
        } else if (block == profile.kept) {
            profile.kept = null;
            profile.keptFor = null;
        }
        line.refresh(profile);
    }
}
