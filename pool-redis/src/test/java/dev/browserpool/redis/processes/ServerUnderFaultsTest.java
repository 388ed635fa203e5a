package dev.browserpool.redis.processes;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that forgets nothing, but does not answer, or tells the wrong time. */
class ServerUnderFaultsTest {
    @TrialTest
    void forgottenScriptsAreSentAgain() throws Exception {
        Verdict verdict = QuickTrial.of(Scenario.SCRIPTS_FLUSHED);

        assertThat(verdict.taken()).isZero();
    }

    @TrialTest
    void aServerThatPausesForTooLongCostsTheLeasesAndNotTheLimit() throws Exception {
        Verdict verdict = QuickTrial.of(Scenario.SERVER_PAUSED);

        assertThat(verdict.taken()).isZero();
    }

    @TrialTest
    void aServerThatStandsStillCostsTheLeasesAndNotTheLimit() throws Exception {
        Verdict verdict = QuickTrial.of(Scenario.SERVER_FROZEN);

        assertThat(verdict.taken()).isZero();
    }

    @TrialTest
    void leasesOutliveAServerWithoutMemory() throws Exception {
        Verdict verdict = QuickTrial.of(Scenario.OUT_OF_MEMORY);

        assertThat(verdict.lapsed() + verdict.taken()).isZero();
    }

    @TrialTest
    void aClockThatJumpsKillsNobodyAndRepeatsNoToken() throws Exception {
        Verdict verdict = QuickTrial.of(Scenario.CLOCK_JUMPS);

        assertThat(verdict.lapsed() + verdict.taken()).isZero();
    }
}
