package dev.browserpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileLock;
import dev.browserpool.RoutedTask;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.TaskManifest;
import dev.browserpool.examples.RunFacts.Processes;
import dev.browserpool.examples.scheduler.Recovery;
import dev.browserpool.examples.tasks.Action;
import dev.browserpool.examples.tasks.Expectation;
import dev.browserpool.examples.tasks.Task;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With the records of a real ledger. */
class ProfileVerdictTest {
    private static final String PROFILE = "profile_amelia";
    private static final Task VANISHED = new Task(
            new RoutedTask(manifest("ghost_task"), Optional.empty(), Optional.empty()),
            Action.SIGN_IN,
            List.of(),
            Expectation.VANISH);

    private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void nothingSpecialIsNotChecked() {
        assertThat(checks(new RunFacts.Profiles(List.of(), List.of(), Map.of())))
                .isEmpty();
    }

    @Test
    void aProfileThatNobodyRecoveredFails() {
        assertThat(checks(new RunFacts.Profiles(List.of(VANISHED), List.of(), Map.of())))
                .containsExactly(new Check(PROFILE + " was recovered from worker-ghost", false, "nobody recovered it"));
    }

    @Test
    void aRecoveryThatDoesNotKnowTheCheckpointFails() throws InterruptedException {
        ProfileLock without = ghostLock(lease -> {});

        assertThat(checks(new RunFacts.Profiles(List.of(VANISHED), recoveredFrom(without), Map.of())))
                .extracting(Check::holds)
                .containsExactly(false);
    }

    @Test
    void aRecoveryThatKnowsTheCheckpointHolds() throws InterruptedException {
        ProfileLock with = ghostLock(lease -> lease.checkpoint(VanishingWorker.LAST_CHECKPOINT));

        assertThat(checks(new RunFacts.Profiles(List.of(VANISHED), recoveredFrom(with), Map.of())))
                .containsExactly(new Check(
                        PROFILE + " was recovered from worker-ghost",
                        true,
                        "by ghost_task, last checkpoint 'packed the tea'"));
    }

    @Test
    void aQuarantineThatNobodyClearedFails() {
        pool.profiles().quarantine(PROFILE, "worker-1", "odd");

        assertThat(checks(quarantined())).extracting(Check::detail).containsExactly("nobody cleared it");
    }

    @Test
    void aClearedProfileThatNobodyUsedAgainFails() throws InterruptedException {
        complete("before");
        pool.profiles().quarantine(PROFILE, "worker-1", "odd");
        pool.profiles().clear(PROFILE, "rita", "fine");

        assertThat(checks(quarantined()))
                .containsExactly(
                        new Check(PROFILE + " was cleared, and used again", false, "nothing went through afterwards"));
    }

    @Test
    void aClearedProfileThatWasUsedAgainHolds() throws InterruptedException {
        pool.profiles().quarantine(PROFILE, "worker-1", "odd");
        pool.profiles().clear(PROFILE, "rita", "fine");
        complete("after");

        assertThat(checks(quarantined()))
                .containsExactly(
                        new Check(PROFILE + " was cleared, and used again", true, "by rita; then after completed"));
    }

    private void complete(String requestId) throws InterruptedException {
        assertThat(pool.call(SlotRequest.from(manifest(requestId)), SlotLease::requestId))
                .isEqualTo(requestId);
    }

    private interface Step {
        void with(SlotLease lease);
    }

    private ProfileLock ghostLock(Step step) throws InterruptedException {
        SlotRequest request = SlotRequest.builder(manifest("ghost_task"))
                .workerId(VanishingWorker.NAME)
                .build();
        try (SlotLease lease = pool.acquire(request)) {
            step.with(lease);
        }
        return pool.profiles()
                .history(PROFILE, 1)
                .get(0)
                .ownership()
                .orElseThrow()
                .lock();
    }

    private static List<Recovery> recoveredFrom(ProfileLock lock) {
        return List.of(new Recovery(VANISHED, "worker-1", lock));
    }

    private RunFacts.Profiles quarantined() {
        return new RunFacts.Profiles(
                List.of(), List.of(), Map.of(PROFILE, pool.profiles().history(PROFILE, 10)));
    }

    private static List<Check> checks(RunFacts.Profiles profiles) {
        ConflictTally none = new ConflictTally(Map.of(), Map.of(), Map.of());
        Processes processes = new Processes(1, 1, 1, Set.of(), List.of());
        return new ProfileVerdict(new RunFacts(1, List.of(), List.of(), 0, Map.of(), profiles, none, processes))
                .checks();
    }

    private static TaskManifest manifest(String taskId) {
        return TaskManifest.builder(taskId).profileId(PROFILE).build();
    }
}
