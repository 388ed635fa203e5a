package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * What an uncontended acquire and release costs in memory, exactly: measured in the interpreter, where nothing is optimized away
 * and nothing depends on when the compiler comes.
 */
class AllocationTest {
    /**
     * Bytes for one pair, the same at every run and on every JDK; whose stacks are sampled is fixed too. When it changes, the test
     * fails with the figure that it has found: write that down if there is a reason.
     */
    private static final long BYTES_PER_PAIR = 1_209;

    @Test
    void anUncontendedPairAllocatesExactlyWhatItUsedTo(TestReporter reporter) throws Exception {
        String printed = ChildJvm.run(AllocationProgram.class, 60, "-Xint", "-Xshare:auto", "-XX:+UseSerialGC")
                .get(0);
        reporter.publishEntry("bytes per pair", printed);

        assertThat(Long.parseLong(printed)).as("bytes per pair").isEqualTo(BYTES_PER_PAIR);
    }
}
