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
     * Bytes for one pair, at the most. To measure anew, run this test with a limit of zero: it fails with the figure that it has
     * found, the same at every run on one Java version. Raise it only with a reason.
     */
    private static final long BYTES_PER_PAIR = 2_000;

    @Test
    void anUncontendedPairAllocatesNoMoreThanItUsedTo(TestReporter reporter) throws Exception {
        String printed = ChildJvm.run(AllocationProgram.class, 60, "-Xint", "-Xshare:auto", "-XX:+UseSerialGC")
                .get(0);
        reporter.publishEntry("bytes per pair", printed);

        assertThat(Long.parseLong(printed)).as("bytes per pair").isLessThanOrEqualTo(BYTES_PER_PAIR);
    }
}
