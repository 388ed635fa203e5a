package dev.browserpool.spi;

import dev.browserpool.ProfileRecord;
import dev.browserpool.SlotState;
import java.time.Duration;
import java.util.Optional;

/**
 * Something that happened to a profile.
 *
 * @param profileId the profile
 * @param kind what happened
 * @param ago when
 * @param who the request, the person, or the process
 * @param note a sentence for people
 * @param owned the ownership that ended
 */
public record RecordFacts(
        String profileId, ProfileRecord.Kind kind, Duration ago, String who, String note, Optional<Owned> owned) {
    /**
     * An ownership that ended.
     *
     * @param lock who owned it
     * @param ended how its request ended
     */
    public record Owned(LockFacts lock, SlotState ended) {}
}
