package dev.browserpool.memory;

import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileRecord.Kind;
import dev.browserpool.SlotState;
import dev.browserpool.spi.LoadTestRecordFacts;
import dev.browserpool.spi.RecordFacts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What happened to profiles, for as long as the configuration remembers ended requests; the oldest go first. Every entry stands
 * twice: in the order of time, which says what is forgotten next, and with its profile. Touched under the ledger's lock.
 */
final class ProfileHistory {
    private static final String NO_PROFILE = "";

    private final Deque<Past> everything = new ArrayDeque<>();
    private final Map<String, Deque<Past>> byProfile = new HashMap<>();
    private final int maxSize;
    private final long retention;

    private record Past(
            String profileId,
            Kind kind,
            long at,
            String who,
            String note,
            @Nullable Tenure tenure,
            @Nullable LongFunction<LoadTestRecordFacts> loadTest) {}

    private record Tenure(Seat owner, Profile profile, SlotState ended) {}

    ProfileHistory(PoolConfig config) {
        this.maxSize = config.historySize();
        this.retention = config.historyRetention().toNanos();
    }

    void note(Profile profile, Kind kind, String who, String note, long now) {
        add(new Past(profile.id, kind, now, who, note, null, null));
    }

    void ownershipEnded(Seat owner, Profile profile, SlotState how, String reason, long now) {
        add(new Past(profile.id, Kind.OWNED, now, owner.id(), reason, new Tenure(owner, profile, how), null));
    }

    /** It is kept beside what happened to profiles, as long as that. */
    void loadTestEnded(LongFunction<LoadTestRecordFacts> asOf, long now) {
        add(new Past(NO_PROFILE, Kind.OWNED, now, "", "", null, asOf));
    }

    /** The newest, newest first. */
    List<LoadTestRecordFacts> loadTests(int limit, long now) {
        return newest(NO_PROFILE, limit, now).stream()
                .map(past -> Objects.requireNonNull(past.loadTest).apply(now))
                .toList();
    }

    private void add(Past past) {
        everything.addLast(past);
        byProfile.computeIfAbsent(past.profileId, id -> new ArrayDeque<>(2)).addLast(past);
        trim(past.at);
    }

    private void trim(long now) {
        while (everything.size() > maxSize || (!everything.isEmpty() && now - everything.getFirst().at > retention)) {
            Past oldest = everything.removeFirst();
            Deque<Past> ofProfile = byProfile.getOrDefault(oldest.profileId, everything);
            ofProfile.removeFirst();
            if (ofProfile.isEmpty()) {
                byProfile.remove(oldest.profileId);
            }
        }
    }

    /** The newest of one profile, newest first. */
    List<RecordFacts> of(String profileId, int limit, long now) {
        return newest(profileId, limit, now).stream()
                .map(past -> asOf(now, past))
                .toList();
    }

    private List<Past> newest(String profileId, int limit, long now) {
        trim(now);
        Deque<Past> pasts = byProfile.getOrDefault(profileId, new ArrayDeque<>(0));
        List<Past> newest = new ArrayList<>(Math.min(limit, pasts.size()));
        for (Iterator<Past> all = pasts.descendingIterator(); all.hasNext() && newest.size() < limit; ) {
            newest.add(all.next());
        }
        return newest;
    }

    private static RecordFacts asOf(long now, Past past) {
        Tenure tenure = past.tenure;
        return new RecordFacts(
                past.profileId,
                past.kind,
                Duration.ofNanos(now - past.at),
                past.who,
                past.note,
                tenure == null
                        ? Optional.empty()
                        : Optional.of(
                                new RecordFacts.Owned(Facts.lock(tenure.owner, tenure.profile, now), tenure.ended)));
    }
}
