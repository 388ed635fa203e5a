package dev.browserpool.races;

import dev.browserpool.ProfileRecord.Kind;
import dev.browserpool.ProfileRule;
import dev.browserpool.ProfileStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What the oracle knows of one profile beside its owners and its line. Everything that keeps it closed is a block. */
final class OracleProfile {
    static final long NEVER = Long.MAX_VALUE;

    record Block(ProfileStatus status, String who, long until, int number) {}

    final String id;
    ProfileRule rule;
    /** The last owner, if its end was not clean and nobody opened the profile since. */
    OracleEntry vanished;

    Block quarantine;
    Block checkOut;
    Block outside;
    /** Kept for the task {@code who}. */
    Block kept;
    /** The place in line of whoever lost it. */
    int keptPlace;

    /** The wrong proxy that was asked for last: on record once in a row. */
    String refusedProxy;
    /** The token of whoever opened it last. */
    long home;

    /** The process that was last found on it, so that it is on record once. */
    String seenOutside;

    /** What happened, oldest first. */
    final List<String> records = new ArrayList<>();

    OracleProfile(String id) {
        this.id = id;
        this.rule = ProfileRule.defaultFor(id);
    }

    /** The gravest first. */
    List<Block> blocks() {
        return Stream.of(quarantine, checkOut, outside, kept)
                .filter(Objects::nonNull)
                .toList();
    }

    boolean isClosedTo(OracleEntry entry) {
        return quarantine != null
                || checkOut != null
                || outside != null
                || (kept != null && !kept.who().equals(entry.task()));
    }

    void put(Kind kind, String who) {
        records.add(kind + " " + who);
    }

    void quarantine(String who, int number) {
        if (quarantine == null) {
            quarantine = new Block(ProfileStatus.QUARANTINED, who, NEVER, number);
        }
        put(Kind.QUARANTINED, who);
    }

    /** On record once, however often it is seen: while it is there, and until somebody opened the profile without meeting it. */
    void heldOutside(String who, long until, int number) {
        boolean isThere = outside != null && outside.who().equals(who);
        outside = new Block(ProfileStatus.HELD_OUTSIDE, who, until, isThere ? outside.number() : number);
        if (!isThere && !who.equals(seenOutside)) {
            put(Kind.HELD_OUTSIDE, who);
            seenOutside = who;
        }
    }

    /** The time of a block is over. */
    void lapse(Block block) {
        switch (block.status()) {
            case CHECKED_OUT -> {
                put(Kind.CHECKED_IN, block.who());
                checkOut = null;
            }
            case HELD_OUTSIDE -> outside = null;
            default -> kept = null;
        }
    }
}
