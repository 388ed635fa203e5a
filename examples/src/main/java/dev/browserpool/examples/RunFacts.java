package dev.browserpool.examples;

import dev.browserpool.examples.scheduler.TaskReport;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known after a run.
 *
 * @param slots the most browsers that were allowed at once
 * @param tasks how each task ended
 * @param audits how the last look into each account's cart ended
 * @param itemsAdded how many items the tasks put into carts
 * @param signIns how often each account signed in
 * @param processes what the operating system showed
 */
record RunFacts(
        int slots,
        List<TaskReport> tasks,
        List<TaskReport> audits,
        int itemsAdded,
        Map<String, Integer> signIns,
        Processes processes) {
    /**
     * What the operating system showed.
     *
     * @param samples how often it was asked
     * @param browsers how many browsers there were
     * @param most how many of them at once
     * @param directoriesInTwoHands the profile directories that two browsers had at once
     * @param stillRunning the command lines of processes that survived the run
     */
    record Processes(
            int samples, int browsers, int most, Set<String> directoriesInTwoHands, List<String> stillRunning) {}
}
