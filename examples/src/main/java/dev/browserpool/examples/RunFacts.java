package dev.browserpool.examples;

import dev.browserpool.ProfileRecord;
import dev.browserpool.examples.scheduler.Recovery;
import dev.browserpool.examples.scheduler.TaskReport;
import dev.browserpool.examples.tasks.Task;
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
 * @param profiles what happened to profiles beside ordinary work
 * @param conflicts how often which task met a profile in other hands
 * @param processes what the operating system showed
 */
record RunFacts(
        int slots,
        List<TaskReport> tasks,
        List<TaskReport> audits,
        int itemsAdded,
        Map<String, Integer> signIns,
        Profiles profiles,
        ConflictTally conflicts,
        Processes processes) {

    /**
     * What happened to profiles beside ordinary work.
     *
     * @param vanished the tasks whose worker vanished
     * @param recoveries who recovered a profile from whom
     * @param quarantined the history of each profile that was in quarantine, newest first, as it was when the tasks were done
     */
    record Profiles(List<Task> vanished, List<Recovery> recoveries, Map<String, List<ProfileRecord>> quarantined) {}

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
