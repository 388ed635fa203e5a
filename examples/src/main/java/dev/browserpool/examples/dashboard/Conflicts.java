package dev.browserpool.examples.dashboard;

import dev.browserpool.PoolStatus;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileLocks;
import dev.browserpool.SlotRequest;
import dev.browserpool.examples.dashboard.json.ConflictJson;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The newest conflicts. A member hears only of its own; those of others are found in line, where a request of theirs waits for a profile
 * that somebody has. One that was refused at once is not seen so.
 */
final class Conflicts {
    private static final int KEPT = 100;
    private static final int REMEMBERED = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<ConflictJson> newestFirst = new ArrayDeque<>();
    private final Deque<String> order = new ArrayDeque<>();
    private final Set<String> known = new HashSet<>();

    /** Remembers one that the pool told of. */
    void add(ConflictJson conflict) {
        String requestId = conflict.blocked().requestId();
        lock.lock();
        try {
            newestFirst.removeIf(seen -> seen.detectedBy().equals(ConflictJson.SEEN_IN_LINE)
                    && seen.blocked().requestId().equals(requestId));
            keep(conflict);
        } finally {
            lock.unlock();
        }
    }

    /** Looks for those of other members, and returns those that were not known yet. */
    List<ConflictJson> lookFor(PoolStatus status, ProfileLocks profiles, Instant now) {
        Map<String, ProfileLock> owners = profiles.all().stream()
                .collect(Collectors.toMap(ProfileLock::profileId, Function.identity(), (oldest, later) -> oldest));
        lock.lock();
        try {
            List<ConflictJson> found = new ArrayList<>();
            for (PoolStatus.Waiting waiting : status.line()) {
                SlotRequest request = waiting.slot().request();
                Optional<ProfileLock> owner =
                        request.profile().map(ProfileClaim::profileId).map(owners::get);
                if (owner.isPresent() && !known.contains(request.requestId())) {
                    ConflictJson conflict = ConflictJson.seenInLine(request, owner.get(), now);
                    keep(conflict);
                    found.add(conflict);
                }
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    List<ConflictJson> newest() {
        lock.lock();
        try {
            return List.copyOf(newestFirst);
        } finally {
            lock.unlock();
        }
    }

    private void keep(ConflictJson conflict) {
        newestFirst.addFirst(conflict);
        if (newestFirst.size() > KEPT) {
            newestFirst.removeLast();
        }
        String requestId = conflict.blocked().requestId();
        if (known.add(requestId)) {
            order.addLast(requestId);
        }
        if (order.size() > REMEMBERED) {
            known.remove(order.removeFirst());
        }
    }
}
