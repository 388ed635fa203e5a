package dev.browserpool.examples.dashboard.json;

import dev.browserpool.BrowserSlot;
import dev.browserpool.BrowserSlot.Ending;
import dev.browserpool.BrowserSlot.Grant;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotRequest;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request: what was asked for, where it stands, and how it ended. What does not apply is left out.
 *
 * @param state in capitals, as {@link dev.browserpool.SlotState}
 * @param profileMode {@code exclusive} or {@code shared}
 * @param waitedMillis in line
 * @param ranMillis with its slot
 */
public record SlotJson(
        String requestId,
        String type,
        String state,
        @Nullable String description,
        @Nullable String profileId,
        @Nullable String profileMode,
        @Nullable String taskId,
        @Nullable String workerId,
        @Nullable String accountId,
        @Nullable String proxyId,
        @Nullable String parentRequestId,
        Map<String, String> labels,
        Instant requestedAt,
        long waitedMillis,
        long ranMillis,
        @Nullable Instant grantedAt,
        @Nullable Instant mustEndBy,
        @Nullable String memberId,
        @Nullable Long token,
        @Nullable Instant endedAt,
        @Nullable String reason,
        @Nullable EvidenceLink evidence) {

    /** Of a request whose evidence is nowhere, or was not looked for. */
    public static SlotJson of(BrowserSlot slot) {
        return of(slot, Optional.empty());
    }

    /** Of a request that left this evidence. */
    public static SlotJson of(BrowserSlot slot, Optional<EvidenceLink> evidence) {
        SlotRequest request = slot.request();
        Optional<Grant> grant = slot.grant();
        return new SlotJson(
                request.requestId(),
                request.type().name(),
                slot.state().name(),
                request.description().orElse(null),
                request.profile().map(ProfileClaim::profileId).orElse(null),
                request.profile()
                        .map(claim -> claim.mode().name().toLowerCase(Locale.ROOT))
                        .orElse(null),
                request.taskId().orElse(null),
                request.workerId().orElse(null),
                request.accountId().orElse(null),
                request.proxyId().orElse(null),
                grant.flatMap(Grant::parentRequestId)
                        .or(request::parentRequestId)
                        .orElse(null),
                request.labels(),
                slot.times().requestedAt(),
                slot.times().waited().toMillis(),
                slot.times().ran().toMillis(),
                grant.map(Grant::grantedAt).orElse(null),
                grant.map(Grant::mustEndBy).orElse(null),
                grant.map(Grant::memberId).orElse(null),
                grant.map(Grant::token).orElse(null),
                slot.ending().map(Ending::endedAt).orElse(null),
                slot.ending().map(Ending::reason).orElse(null),
                evidence.orElse(null));
    }
}
