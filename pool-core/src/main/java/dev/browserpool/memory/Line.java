package dev.browserpool.memory;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who waits, and who of them is next.
 *
 * <p>Invariant: a profile stands in {@code ready} exactly if the next of its line has room; every change of a line, of owners,
 * of a block or of a rule ends in {@link #refresh}. So the older of the two fronts is the oldest request that can run.
 */
final class Line {
    private final ArrivalTree everybody = new ArrivalTree();
    private final Chain withoutProfile = new Chain();
    private final TreeSet<Profile> ready =
            new TreeSet<>((one, other) -> Long.compare(arrivalOfReady(one), arrivalOfReady(other)));
    private final Map<String, Profile> profiles = new HashMap<>();

    private static long arrivalOfReady(Profile profile) {
        return Objects.requireNonNull(profile.ready).arrival;
    }

    int size() {
        return everybody.size();
    }

    /** How many could run if there were a slot. */
    int ready() {
        return withoutProfile.size() + ready.size();
    }

    int position(Seat seat) {
        return everybody.position(seat);
    }

    List<Seat> page(int offset, int limit) {
        return everybody.page(offset, limit);
    }

    Profile profile(String id) {
        return profiles.computeIfAbsent(id, Profile::new);
    }

    @Nullable
    Profile knownProfile(String id) {
        return profiles.get(id);
    }

    Collection<Profile> knownProfiles() {
        return profiles.values();
    }

    void enqueue(Seat seat) {
        everybody.add(seat);
        seat.load.waiting++;
        if (seat.profile == null) {
            withoutProfile.add(seat);
            seat.load.ready++;
        } else {
            seat.profile.line.add(seat);
            refresh(seat.profile);
        }
    }

    void dequeue(Seat seat) {
        everybody.remove(seat);
        seat.load.waiting--;
        if (seat.profile == null) {
            withoutProfile.remove(seat);
            seat.load.ready--;
        } else {
            seat.profile.line.remove(seat);
            seat.profile.isNotKeptFor(seat);
            refresh(seat.profile);
        }
    }

    /** The oldest request that can run, if there is a slot for it. */
    @Nullable
    Seat next() {
        Seat plain = withoutProfile.first();
        Seat claimed = ready.isEmpty() ? null : ready.first().ready;
        if (plain == null || claimed == null) {
            return plain == null ? claimed : plain;
        }
        return plain.arrival < claimed.arrival ? plain : claimed;
    }

    /** The only writer of {@code ready}. */
    void refresh(Profile profile) {
        Seat head = profile.head();
        Seat shouldBe = head != null && profile.hasRoomFor(head) ? head : null;
        if (profile.ready != shouldBe) {
            if (profile.ready != null) {
                ready.remove(profile);
                profile.ready.load.ready--;
            }
            profile.ready = shouldBe;
            if (shouldBe != null) {
                ready.add(profile);
                shouldBe.load.ready++;
            }
        }
    }

    /** Forgets a profile of which there is nothing to remember; not between leaving the line and being granted. */
    void tidy(Profile profile) {
        if (profile.isBlank()) {
            profiles.remove(profile.id);
        }
    }
}
