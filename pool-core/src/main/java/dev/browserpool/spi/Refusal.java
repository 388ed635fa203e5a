package dev.browserpool.spi;

import dev.browserpool.RefusalReason;
import dev.browserpool.SlotState;
import java.util.Optional;

/** Why a request is not in line, with the numbers that its caller is told. */
public sealed interface Refusal {
    /** The kind of refusal, for counts. */
    RefusalReason reason();

    /**
     * It may not wait and would have to.
     *
     * @param where where it would have stood, and who is before it
     */
    record WouldWait(Wait where) implements Refusal {
        @Override
        public RefusalReason reason() {
            return RefusalReason.WOULD_WAIT;
        }
    }

    /**
     * The line is full, or the line of its profile.
     *
     * @param waiting how many wait
     * @param maximum how many may
     * @param profileId the profile whose line is full; empty for the line as a whole
     */
    record LineFull(int waiting, int maximum, Optional<String> profileId) implements Refusal {
        @Override
        public RefusalReason reason() {
            return profileId.isPresent() ? RefusalReason.PROFILE_LINE_FULL : RefusalReason.LINE_FULL;
        }
    }

    /**
     * Its id is waiting or running already.
     *
     * @param state where the other one stands
     */
    record DuplicateId(SlotState state) implements Refusal {
        @Override
        public RefusalReason reason() {
            return RefusalReason.DUPLICATE_ID;
        }
    }

    /**
     * Its claim does not wait, and its profile has no room or has a line.
     *
     * @param busy who has the profile
     */
    record Conflict(Busy busy) implements Refusal {
        @Override
        public RefusalReason reason() {
            return RefusalReason.PROFILE_CONFLICT;
        }
    }

    /**
     * Its claim does not wait, and its profile is in quarantine.
     *
     * @param quarantine by whom and why
     */
    record Quarantined(BlockFacts quarantine) implements Refusal {
        @Override
        public RefusalReason reason() {
            return RefusalReason.PROFILE_QUARANTINED;
        }
    }

    /**
     * It names another proxy than its profile's.
     *
     * @param profileId the profile
     * @param asked the proxy that it names
     * @param required the proxy of the profile's rule
     */
    record OtherProxy(String profileId, String asked, String required) implements Refusal {
        @Override
        public RefusalReason reason() {
            return RefusalReason.PROXY_MISMATCH;
        }
    }

    /**
     * It is to run under a request that does not run.
     *
     * @param parentRequestId that request
     */
    record ParentNotRunning(String parentRequestId) implements Refusal {
        @Override
        public RefusalReason reason() {
            return RefusalReason.PARENT_NOT_RUNNING;
        }
    }

    /**
     * A load test has the pool, and the request does not wait for its end.
     *
     * @param test which
     */
    record LoadTest(LoadTestFacts test) implements Refusal {
        @Override
        public RefusalReason reason() {
            return RefusalReason.LOAD_TEST;
        }
    }
}
