package dev.browserpool.redis.processes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Members that die or stand still take nothing with them. */
class MembersUnderFaultsTest {
    @Test
    void whatTheKilledHeldComesBackInTimeAndNotBefore() throws Exception {
        Verdict verdict = QuickTrial.of(Scenario.MEMBERS_KILLED);

        assertThat(verdict.lapsed() + verdict.taken()).isZero();
    }

    @Test
    void whoWasStoppedForTooLongHoldsNothingWhenItGoesOn() throws Exception {
        Verdict verdict = QuickTrial.of(Scenario.MEMBERS_STOPPED);

        assertThat(verdict.lapsed()).isPositive();
        assertThat(verdict.taken()).isZero();
    }
}
