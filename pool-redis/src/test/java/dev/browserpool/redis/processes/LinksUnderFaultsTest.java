package dev.browserpool.redis.processes;

import static org.assertj.core.api.Assertions.assertThat;

/** Links that are cut, connections that break and messages that are lost cost time, and nothing else. */
class LinksUnderFaultsTest {
    @TrialTest
    void whoeverIsCutOffLosesItsLeasesByItsOwnClocksBeforeOthersGetThem() throws Exception {
        Verdict verdict = QuickTrial.of(Scenario.LINK_CUT);

        assertThat(verdict.lapsed()).isPositive();
        assertThat(verdict.taken()).isZero();
    }

    @TrialTest
    void lostMessagesAreMadeUpForByTheNextSignOfLife() throws Exception {
        Verdict verdict = QuickTrial.of(Scenario.MESSAGES_LOST);

        assertThat(verdict.taken()).isZero();
    }

    @TrialTest
    void subscribersThatAreThrownOutComeBack() throws Exception {
        Verdict verdict = QuickTrial.of(Scenario.SUBSCRIBERS_KILLED);

        assertThat(verdict.taken()).isZero();
    }

    @TrialTest
    void everybodyMayBeThrownOutAtAnyTime() throws Exception {
        Verdict verdict = QuickTrial.of(Scenario.EVERYBODY_KILLED);

        assertThat(verdict.taken()).isZero();
    }
}
