package dev.browserpool.redis.processes;

import static org.assertj.core.api.Assertions.assertThat;

/** A store that forgets or goes back in time is told again what is held: no lease is lost, none is granted twice. */
class DataUnderFaultsTest {
    @TrialTest
    void aServerThatComesBackEmptyIsToldWhatIsHeld() throws Exception {
        assertNothingIsLost(QuickTrial.of(Scenario.RESTARTED_EMPTY));
    }

    @TrialTest
    void aServerThatComesBackWithOldDataIsToldWhatIsHeld() throws Exception {
        assertNothingIsLost(QuickTrial.of(Scenario.RESTARTED_FROM_SNAPSHOT));
    }

    @TrialTest
    void aServerThatComesBackWithAllDataTakesBackWhatNobodyClaims() throws Exception {
        assertNothingIsLost(QuickTrial.of(Scenario.RESTARTED_FROM_LOG));
    }

    @TrialTest
    void aServerWhoseDataIsDeletedIsToldWhatIsHeld() throws Exception {
        assertNothingIsLost(QuickTrial.of(Scenario.FLUSHED));
    }

    @TrialTest
    void aReplicaThatMissedTheLastWritesIsToldWhatIsHeld() throws Exception {
        assertNothingIsLost(QuickTrial.of(Scenario.REPLICA_PROMOTED));
    }

    private static void assertNothingIsLost(Verdict verdict) {
        assertThat(verdict.lapsed() + verdict.taken()).isZero();
    }
}
