package dev.browserpool.redis.processes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A server that forgets nothing, but does not answer, or tells the wrong time. */
class ServerUnderFaultsTest {
    @Test
    void forgottenScriptsAreSentAgain() throws Exception {
        Verdict verdict = QuickTrial.of(Scenario.SCRIPTS_FLUSHED);

        assertThat(verdict.taken()).isZero();
    }

    @Test
    void aServerThatPausesForTooLongCostsTheLeasesAndNotTheLimit() throws Exception {
        Verdict verdict = QuickTrial.of(Scenario.SERVER_PAUSED);

        assertThat(verdict.taken()).isZero();
    }

    @Test
    void aServerThatStandsStillCostsTheLeasesAndNotTheLimit() throws Exception {
        Verdict verdict = QuickTrial.of(Scenario.SERVER_FROZEN);

        assertThat(verdict.taken()).isZero();
    }

    @Test
    void leasesOutliveAServerWithoutMemory() throws Exception {
        Verdict verdict = QuickTrial.of(Scenario.OUT_OF_MEMORY);

        assertThat(verdict.lapsed() + verdict.taken()).isZero();
    }

    @Test
    void aClockThatJumpsKillsNobodyAndRepeatsNoToken() throws Exception {
        Verdict verdict = QuickTrial.of(Scenario.CLOCK_JUMPS);

        assertThat(verdict.lapsed() + verdict.taken()).isZero();
    }
}
