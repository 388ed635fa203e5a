package dev.browserpool.redis.processes;

import static org.assertj.core.api.Assertions.assertThat;

/** Members that die or stand still take nothing with them. */
class MembersUnderFaultsTest {
    @TrialTest
    void whatTheKilledHeldComesBackInTimeAndNotBefore() throws Exception {
        Verdict verdict = QuickTrial.of(Scenario.MEMBERS_KILLED);

        assertThat(verdict.lapsed() + verdict.taken()).isZero();
    }

    @TrialTest
    void whoWasStoppedForTooLongHoldsNothingWhenItGoesOn() throws Exception {
        Verdict verdict = QuickTrial.of(Scenario.MEMBERS_STOPPED);

        assertThat(verdict.lapsed()).isPositive();
        assertThat(verdict.taken()).isZero();
    }
}
