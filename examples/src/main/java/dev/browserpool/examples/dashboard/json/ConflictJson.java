package dev.browserpool.examples.dashboard.json;

import dev.browserpool.PoolEvent.ProfileConflict;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileLock;
import dev.browserpool.SlotRequest;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that met a profile that it cannot have now.
 *
 * @param blocked who wants it
 * @param current who has it; left out if no request has it
 * @param block why nobody gets it, if it is not a request that has it
 * @param decision {@code wait}, {@code refuse} or {@code park}
 * @param nextCheck when it is looked at again
 * @param detectedBy {@code ledger}, {@code probe}, {@code browser}; or {@code line}, if another member's request was seen waiting
 */
public record ConflictJson(
        Instant at,
        String profileId,
        Party blocked,
        @Nullable Party current,
        ProfileJson.@Nullable BlockJson block,
        String decision,
        @Nullable Instant nextCheck,
        String detectedBy) {
    /** How a conflict was detected of which no event told. */
    public static final String SEEN_IN_LINE = "line";

    /** A request, with its task and worker. */
    public record Party(
            String requestId,
            String type,
            @Nullable String taskId,
            @Nullable String workerId) {
        static Party of(SlotRequest request) {
            return new Party(
                    request.requestId(),
                    request.type().name(),
                    request.taskId().orElse(null),
                    request.workerId().orElse(null));
        }

        static Party of(ProfileLock lock) {
            return new Party(
                    lock.owner().requestId(),
                    lock.owner().type().name(),
                    lock.owner().taskId().orElse(null),
                    lock.owner().workerId().orElse(null));
        }
    }

    /** Of the pool's own event, at this moment. */
    public static ConflictJson of(ProfileConflict conflict, Instant at) {
        return new ConflictJson(
                at,
                profileOf(conflict.blocked()),
                Party.of(conflict.blocked()),
                conflict.current().map(Party::of).orElse(null),
                conflict.block().map(ProfileJson.BlockJson::of).orElse(null),
                conflict.decision().name().toLowerCase(Locale.ROOT),
                conflict.nextCheck().orElse(null),
                conflict.detectedBy().name().toLowerCase(Locale.ROOT));
    }

    /** Of a request of another member, whose events this one does not hear: it is in line, and this one has its profile. */
    public static ConflictJson seenInLine(SlotRequest waiting, ProfileLock owner, Instant at) {
        return new ConflictJson(
                at,
                owner.profileId(),
                Party.of(waiting),
                Party.of(owner),
                null,
                "wait",
                owner.mustEndBy(),
                SEEN_IN_LINE);
    }

    private static String profileOf(SlotRequest request) {
        Optional<String> profile = request.profile().map(ProfileClaim::profileId);
        return profile.orElse("");
    }
}
