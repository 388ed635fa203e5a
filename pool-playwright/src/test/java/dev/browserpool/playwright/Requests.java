package dev.browserpool.playwright;

import dev.browserpool.OperationType;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotRequest;
import java.time.Duration;

/** The requests of these tests. */
final class Requests {
    private Requests() {}

    static SlotRequest ephemeral(String id) {
        return SlotRequest.of(id, OperationType.TEST_RUN);
    }

    static SlotRequest onProfile(String id, String profile) {
        return SlotRequest.builder(id, OperationType.AGENT)
                .profile(ProfileClaim.exclusive(profile))
                .build();
    }

    static SlotRequest notWaiting(String id, String profile) {
        return SlotRequest.builder(id, OperationType.AGENT)
                .profile(ProfileClaim.exclusive(profile).refuseOnConflict())
                .build();
    }

    static SlotRequest lasting(String id, String profile, Duration atMost) {
        return SlotRequest.builder(id, OperationType.AGENT)
                .profile(ProfileClaim.exclusive(profile))
                .maxDuration(atMost)
                .build();
    }
}
