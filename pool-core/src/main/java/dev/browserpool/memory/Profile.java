package dev.browserpool.memory;

import dev.browserpool.ProfileHome;
import dev.browserpool.ProfileRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One profile that is owned, waited for, blocked, has a rule, or has a home. */
final class Profile {
    final String id;
    final Chain line = new Chain();
    final List<Seat> owners = new ArrayList<>(1);
    ProfileRule rule;
    /** The one who would be next while it has room: it then stands among the ready ones, under its arrival number. */
    @Nullable
    Seat ready;
    /** The last owner, if its end was not clean and nobody had the profile since, but for those who could not open it. */
    @Nullable
    Seat vanished;
    /** Where its newest state is. */
    @Nullable
    ProfileHome home;

    // What keeps everybody out. Several of them may stand at once; only Custody changes them.
    @Nullable
    Block quarantine;

    @Nullable
    Block checkOut;

    @Nullable
    Block outside;
    /** Kept for the task that lost it: {@code who} is that task. */
    @Nullable
    Block kept;
    /** The place in line of whoever lost it. */
    long keptArrival;
    /** The process that was last found on its directory without leave, so that it is on record once. */
    @Nullable
    String lastOutside;
    /** The wrong proxy that was last asked for, so that it is on record once. */
    @Nullable
    String lastRefusedProxy;
    /** The request of that task, once it has come again. */
    @Nullable
    Seat keptFor;

    Profile(String id) {
        this.id = id;
        this.rule = ProfileRule.defaultFor(id);
    }

    /** Who is next: the oldest in line, but for the one for whom the profile is kept. */
    @Nullable
    Seat head() {
        return keptFor != null ? keptFor : line.first();
    }

    boolean hasRoomFor(Seat seat) {
        if (quarantine != null || checkOut != null || outside != null || (kept != null && seat != keptFor)) {
            return false;
        }
        if (owners.isEmpty()) {
            return true;
        }
        return !seat.exclusive() && !owners.get(0).exclusive() && owners.size() < rule.maxActive();
    }

    /** Whether a newcomer could not have it at once, were there slots enough. */
    boolean isBusyFor(Seat newcomer) {
        return !hasRoomFor(newcomer) || (line.size() > 0 && newcomer != keptFor);
    }

    boolean isKeptForTaskOf(Seat seat) {
        return kept != null && kept.who.equals(seat.task());
    }

    /** A request for which it was kept was refused: the next one of that task may come. */
    void isNotKeptFor(Seat seat) {
        if (keptFor == seat) {
            keptFor = null;
        }
    }

    /** The gravest first. */
    List<Block> blocks() {
        return Stream.<@Nullable Block>of(quarantine, checkOut, outside, kept)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /** Whether there is nothing to tell of it beyond its rule and its home. */
    boolean isAtRest() {
        return owners.isEmpty() && line.size() == 0 && vanished == null && isOpen();
    }

    private boolean isOpen() {
        return quarantine == null && checkOut == null && outside == null && kept == null;
    }

    /** Whether forgetting it loses nothing. */
    boolean isBlank() {
        return isAtRest() && home == null && rule.equals(ProfileRule.defaultFor(id));
    }
}
