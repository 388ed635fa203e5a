package dev.browserpool.redis.processes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A store that forgets or goes back in time is told again what is held: no lease is lost, none is granted twice. */
class DataUnderFaultsTest {
    @Test
    void aServerThatComesBackEmptyIsToldWhatIsHeld() throws Exception {
        assertNothingIsLost(QuickTrial.of(Scenario.RESTARTED_EMPTY));
    }

    @Test
    void aServerThatComesBackWithOldDataIsToldWhatIsHeld() throws Exception {
        assertNothingIsLost(QuickTrial.of(Scenario.RESTARTED_FROM_SNAPSHOT));
    }

    @Test
    void aServerThatComesBackWithAllDataTakesBackWhatNobodyClaims() throws Exception {
        assertNothingIsLost(QuickTrial.of(Scenario.RESTARTED_FROM_LOG));
    }

    @Test
    void aServerWhoseDataIsDeletedIsToldWhatIsHeld() throws Exception {
        assertNothingIsLost(QuickTrial.of(Scenario.FLUSHED));
    }

    @Test
    void aReplicaThatMissedTheLastWritesIsToldWhatIsHeld() throws Exception {
        assertNothingIsLost(QuickTrial.of(Scenario.REPLICA_PROMOTED));
    }

    private static void assertNothingIsLost(Verdict verdict) {
        assertThat(verdict.lapsed() + verdict.taken()).isZero();
    }
}
