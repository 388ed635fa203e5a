package dev.browserpool.memory;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The time after a store has lost its data, or went back in time: members come back, nothing is granted. It is over when all who
 * are known from before are back, but not before everybody had a chance; and at the latest when nobody can still hold anything.
 */
final class Recovery {
    private final long earliestEnd;
    private final long latestEnd;

    /** Those of the life before who have not come back. */
    private final Map<String, Member> absent;

    /** Those who have not said all that they have. */
    private final Set<String> missing;

    Recovery(Map<String, Member> before, long earliestEnd, long latestEnd) {
        this.absent = new HashMap<>(before);
        this.missing = new HashSet<>(before.keySet());
        this.earliestEnd = earliestEnd;
        this.latestEnd = latestEnd;
    }

    /** Whoever was not heard of for the longest time first. */
    List<Member> absent() {
        return absent.values().stream()
                .sorted(Comparator.comparingLong(member -> member.deadline))
                .toList();
    }

    @Nullable
    Member absent(String member) {
        return absent.get(member);
    }

    /** With what is left of it, if anything is. */
    @Nullable
    Member returns(String member) {
        return absent.remove(member);
    }

    void hasReturned(String member) {
        absent.remove(member);
        missing.remove(member);
    }

    long end() {
        return missing.isEmpty() ? earliestEnd : latestEnd;
    }
}
