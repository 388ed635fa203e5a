package dev.browserpool.spi;

/** What became of an operator's act. */
public sealed interface Governed {
    /**
     * It is done.
     *
     * @param number what it replaced, or how many it concerned; zero if there was nothing to do
     */
    record Done(int number) implements Governed {}

    /**
     * A person has a profile.
     *
     * @param block what stands now
     */
    record CheckedOut(BlockFacts block) implements Governed {}

    /**
     * A load test has the pool, or had it until now.
     *
     * @param test which
     * @param isMeant whether it is the one of which the act spoke; if not, the act has changed nothing
     */
    record LoadTesting(LoadTestFacts test, boolean isMeant) implements Governed {}

    /**
     * The profile is not to be had, or is not that person's.
     *
     * @param busy who has it
     */
    record Conflict(Busy busy) implements Governed {}
}
