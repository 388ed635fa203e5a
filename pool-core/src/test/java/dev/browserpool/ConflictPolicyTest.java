package dev.browserpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.browserpool.ConflictDecision.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a scheduler does with a conflict, from the task, the profile and the number of attempts alone. */
class ConflictPolicyTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final ConflictPolicy POLICY =
            new ConflictPolicy(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(60), 3);
    private static final TaskManifest TASK =
            TaskManifest.builder("task_1").profileId("shop").build();

    @Test
    void aProfileThatIsFreeByNowIsAskedForAgain() {
        assertThat(decide(TASK, view(List.of(), List.of(), 0), 0).action()).isEqualTo(Action.WAIT);
    }

    @Test
    void aTaskThatWantsAPersonGetsOne() {
        TaskManifest careful = TASK.toBuilder().humanReviewOnLockConflict(true).build();

        assertThat(decide(careful, owned(600), 0).action()).isEqualTo(Action.REVIEW);
        assertThat(decide(careful, view(List.of(), List.of(), 0), 0).action())
                .as("there is nothing left to decide")
                .isEqualTo(Action.WAIT);
    }

    @Test
    void aProfileInQuarantineIsLeftAlone() {
        ConflictDecision decision = decide(TASK, blocked(ProfileStatus.QUARANTINED, "ann", null), 0);

        assertThat(decision.action()).isEqualTo(Action.SKIP);
        assertThat(decision.why()).contains("QUARANTINED by ann").contains("a person has to clear it");
    }

    @Test
    void aProfileThatIsKeptForThisTaskIsWaitedFor() {
        Instant end = NOW.plusSeconds(300);

        assertThat(decide(TASK, blocked(ProfileStatus.STALE, "task_1", end), 0).action())
                .isEqualTo(Action.WAIT);
        assertThat(decide(TASK, blocked(ProfileStatus.STALE, "task_2", end), 0).action())
                .isEqualTo(Action.RESCHEDULE);
    }

    @Test
    void whatIsFreeSoonIsWaitedFor() {
        assertThat(decide(TASK, owned(10), 0).action()).isEqualTo(Action.WAIT);
        assertThat(decide(TASK, owned(11), 0).action()).isEqualTo(Action.RESCHEDULE);
    }

    @Test
    void pausesDoubleUpToTheLongest() {
        ConflictPolicy patient = new ConflictPolicy(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(60), 100);

        assertThat(List.of(0, 1, 2, 3, 4, 50))
                .extracting(i -> patient.decide(TASK, owned(3_600), i, NOW).at().orElseThrow())
                .containsExactly(at(5), at(10), at(20), at(40), at(60), at(60));
    }

    @Test
    void aPauseEndsWhenTheProfileIsFreeAtTheLatest() {
        assertThat(decide(TASK, owned(15), 2).at()).contains(at(15));
        assertThat(decide(TASK, blocked(ProfileStatus.HELD_OUTSIDE, "process 7", at(12)), 2)
                        .at())
                .contains(at(12));
    }

    @Test
    void afterTheLastPauseItWaitsInLine() {
        ConflictDecision decision = decide(TASK, owned(3_600), 3);

        assertThat(decision.action()).isEqualTo(Action.WAIT);
        assertThat(decision.why()).isEqualTo("it was rescheduled 3 times");
    }

    @Test
    void aSharedClaimNeedsOneOwnerToGoAndAnExclusiveOneAll() {
        TaskManifest shared =
                TASK.toBuilder().requiresExclusiveProfileLock(false).build();
        ProfileView both = view(List.of(owner(true, 15), owner(true, 500)), List.of(), 0);

        assertThat(decide(shared, both, 3 - 1).at()).contains(at(15));
        assertThat(decide(TASK, both, 3 - 1).at()).contains(at(20));
    }

    @Test
    void aLineWithoutAnOwnerIsNoReasonToWaitForATime() {
        assertThat(decide(TASK, view(List.of(), List.of(), 4), 0)).satisfies(decision -> {
            assertThat(decision.at()).contains(at(5));
            assertThat(decision.why()).isEqualTo("nobody knows when the profile is free");
        });
    }

    @Test
    void badTimesAreRefusedByName() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new ConflictPolicy(second, Duration.ZERO, second, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("firstPause is PT0S");
        assertThatThrownBy(() -> new ConflictPolicy(second, second, Duration.ofMillis(1), 1))
                .hasMessageContaining("firstPause is PT1S, it must be at most longestPause, which is PT0.001S");
        assertThatThrownBy(() -> new ConflictPolicy(second, second, second, -1))
                .hasMessageContaining("maxReschedules is -1");
    }

    private static ConflictDecision decide(TaskManifest task, ProfileView profile, int reschedules) {
        return POLICY.decide(task, profile, reschedules, NOW);
    }

    private static Instant at(int seconds) {
        return NOW.plusSeconds(seconds);
    }

    private static ProfileView owned(int secondsLeft) {
        return view(List.of(owner(false, secondsLeft)), List.of(), 0);
    }

    private static ProfileView blocked(ProfileStatus status, String who, Instant until) {
        return view(
                List.of(),
                List.of(new ProfileBlock("shop", status, who, "for the test", NOW, Optional.ofNullable(until))),
                0);
    }

    private static ProfileLock owner(boolean shared, int secondsLeft) {
        return new ProfileLock(
                "shop",
                ProfileStatus.RUNNING,
                shared,
                new ProfileLock.Owner(
                        "other",
                        OperationType.AGENT,
                        Optional.of("task_2"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "member",
                        "host",
                        7),
                1,
                new ProfileLock.Times(NOW, NOW, Optional.empty(), at(secondsLeft)),
                ProfileLock.Progress.NONE);
    }

    private static ProfileView view(List<ProfileLock> owners, List<ProfileBlock> blocks, int waiting) {
        return new ProfileView(
                "shop", owners, Optional.empty(), blocks, waiting, Optional.empty(), ProfileRule.defaultFor("shop"));
    }
}
