package dev.browserpool.redis.processes;

import java.time.Duration;
import java.util.List;

/**
 * What is left of a trial.
 *
 * @param grants how many leases were granted
 * @param lapsed how many of them were lost because their worker could not reach the store for too long
 * @param losses those that were lost though their worker could believe in them, with what was said about it
 * @param longestWait of a request that was granted in the end
 * @param longestIdle for how long somebody waited although there was room
 * @param mostAtOnce how many were valid at once
 * @param violations of what the pool promises
 */
record Verdict(
        int grants,
        int lapsed,
        List<String> losses,
        Duration longestWait,
        Duration longestIdle,
        int mostAtOnce,
        List<String> violations) {

    /** How many were lost though their worker could believe in them. */
    int taken() {
        return losses.size();
    }

    Verdict with(List<String> all) {
        return new Verdict(grants, lapsed, losses, longestWait, longestIdle, mostAtOnce, List.copyOf(all));
    }
}
