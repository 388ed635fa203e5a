package dev.browserpool.memory;

import dev.browserpool.ProfileRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One profile that is owned, waited for, or has a rule. */
final class Profile {
    final String id;
    final Chain line = new Chain();
    final List<Seat> owners = new ArrayList<>(1);
    ProfileRule rule;

    /** The head of the line while it has room: it then stands among the ready ones, under its arrival number. */
    @Nullable
    Seat ready;

    /** The last owner, if the stop grace was over before it confirmed that its browser was stopped. */
    @Nullable
    Seat vanished;

    Profile(String id) {
        this.id = id;
        this.rule = ProfileRule.defaultFor(id);
    }

    boolean hasRoomFor(Seat seat) {
        if (owners.isEmpty()) {
            return true;
        }
        return !seat.exclusive() && !owners.get(0).exclusive() && owners.size() < rule.maxActive();
    }

    /** Whether forgetting it loses nothing. */
    boolean isBlank() {
        return owners.isEmpty() && line.size() == 0 && vanished == null && rule.equals(ProfileRule.defaultFor(id));
    }
}
