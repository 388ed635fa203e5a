package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Ten thousand virtual threads on one carrier: whoever waits for a slot must let the others have the carrier. */
class VirtualThreadsTest {

    @Test
    void virtualThreadsWaitWithoutTheirCarrierAndAllGetTheirTurn() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with Java 21");

        List<String> printed = ChildJvm.run(
                VirtualThreadsProgram.class,
                60,
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                "-Djdk.tracePinnedThreads=full");

        assertThat(printed)
                .as("ten thousand served, never more than four at once, nobody pinned")
                .containsExactly("served 10000, timed out 0, most at once 4, pinned 0");
    }
}
