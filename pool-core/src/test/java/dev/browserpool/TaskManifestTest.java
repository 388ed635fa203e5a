package dev.browserpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task may say of itself, and the request that is made of it. */
class TaskManifestTest {
    private static final TaskManifest FULL = TaskManifest.builder("task_101")
            .accountId("store_us")
            .profileId("profile_store_us_018")
            .proxyId("proxy_us")
            .type(OperationType.SECURITY)
            .allowedActions(Set.of("read"))
            .lockTimeout(Duration.ofMinutes(15))
            .description("watch the orders")
            .build();

    private static void refused(String message, ThrowingCallable code) {
        assertThatThrownBy(code).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void aTaskThatNamesNothingIsAnAgentThatMayDoEverythingAlone() {
        TaskManifest bare = TaskManifest.builder("task").build();

        assertThat(bare)
                .isEqualTo(new TaskManifest(
                        "task",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OperationType.AGENT,
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty()));
        assertThat(bare.profileClaim()).isEmpty();
    }

    @Test
    void valuesAreRefusedByTheSameRulesAsInARequest() {
        TaskManifest.Builder task = TaskManifest.builder("task");

        refused("taskId is blank; give it a name, or leave it out", () -> TaskManifest.builder(" "));
        refused("taskId has 201 characters, at most 200", () -> task.taskId("a".repeat(201)));
        refused("accountId is blank", () -> task.accountId(""));
        refused("profile id '../etc' is a name, never a path", () -> task.profileId("../etc"));
        refused("proxyId 'a\\?b' contains a control character", () -> task.proxyId("a\tb"));
        refused("lockTimeout is PT0S, it must be more than zero", () -> task.lockTimeout(Duration.ZERO));
        refused("lockTimeout is PT-1S", () -> task.lockTimeout(Duration.ofSeconds(-1)));
        refused("description has 201 characters", () -> task.description("a".repeat(201)));
        assertThat(task.build()).isEqualTo(TaskManifest.builder("task").build());
    }

    @Test
    void theRecordItselfRefusesWhatItsBuilderRefuses() {
        refused("accountId is blank", () -> with(Optional.of(""), Optional.empty(), Optional.empty()));
        refused("profile id 'a/b'", () -> with(Optional.empty(), Optional.of("a/b"), Optional.empty()));
        refused("lockTimeout is PT0S", () -> with(Optional.empty(), Optional.empty(), Optional.of(Duration.ZERO)));
    }

    private static TaskManifest with(Optional<String> account, Optional<String> profile, Optional<Duration> timeout) {
        return new TaskManifest(
                "task",
                account,
                profile,
                Optional.empty(),
                OperationType.AGENT,
                true,
                Optional.empty(),
                timeout,
                false,
                Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Read", "1a", "_a", "a-b", "a b", "a\n", "ä"})
    void anActionIsLowerCase(String action) {
        String message = "must match [a-z][a-z0-9_]{0,63}: lower case letters, digits and underscores";

        refused(message, () -> TaskManifest.builder("task").allowedActions(Set.of(action)));
        refused(message, () -> SlotRequest.builder(OperationType.AGENT).allowedActions(Set.of("read", action)));
        refused(message, () -> SlotRequest.of(OperationType.AGENT).requireAction(action));
    }

    @Test
    void anActionHasAtMost64CharactersAndALongOneIsNotRepeatedWhole() {
        TaskManifest.Builder task = TaskManifest.builder("task");

        assertThat(task.allowedActions(Set.of("a".repeat(64))).build().allowedActions())
                .isPresent();
        refused("action '" + "a".repeat(60) + "…' must", () -> task.allowedActions(Set.of("a".repeat(65))));
    }

    @Test
    void allowedActionsAreCopiedInTheirOrderAndCannotBeChanged() {
        Set<String> given = new LinkedHashSet<>(List.of("write", "read", "click"));
        TaskManifest task = TaskManifest.builder("task").allowedActions(given).build();
        given.add("delete");

        Set<String> kept = task.allowedActions().orElseThrow();
        assertThat(kept).containsExactly("write", "read", "click");
        assertThatThrownBy(() -> kept.add("delete")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aCopyKeepsEverythingButWhatIsChanged() {
        TaskManifest shared = FULL.toBuilder()
                .requiresExclusiveProfileLock(false)
                .humanReviewOnLockConflict(true)
                .build();

        assertThat(FULL.toBuilder().build()).isEqualTo(FULL);
        assertThat(shared.toBuilder().build()).isEqualTo(shared);
        assertThat(shared).isNotEqualTo(FULL);
        assertThat(FULL.toBuilder().taskId("task_102").build().taskId()).isEqualTo("task_102");
    }

    @Test
    void aRequestHoldsWhatItsTaskAsksFor() {
        SlotRequest request = SlotRequest.from(FULL);

        assertThat(request.requestId()).isEqualTo("task_101");
        assertThat(request.taskId()).contains("task_101");
        assertThat(request.type()).isEqualTo(OperationType.SECURITY);
        assertThat(request.description()).contains("watch the orders");
        assertThat(request.accountId()).contains("store_us");
        assertThat(request.proxyId()).contains("proxy_us");
        assertThat(request.profile()).contains(ProfileClaim.exclusive("profile_store_us_018"));
        assertThat(request.maxDuration()).contains(Duration.ofMinutes(15));
        assertThat(request.allowedActions()).contains(Set.of("read"));
        assertThat(request.timeout()).isEmpty();
    }

    @Test
    void aRequestOfABareTaskClaimsNoProfileAndFollowsThePool() {
        SlotRequest request = SlotRequest.from(TaskManifest.builder("task").build());

        assertThat(request.profile()).isEmpty();
        assertThat(request.maxDuration()).isEmpty();
        assertThat(request.allowedActions()).isEmpty();
        assertThat(request.accountId()).isEmpty();
    }

    @Test
    void aClaimIsSharedOrRefusesAsTheTaskSays() {
        TaskManifest shared =
                FULL.toBuilder().requiresExclusiveProfileLock(false).build();
        TaskManifest reviewed = FULL.toBuilder().humanReviewOnLockConflict(true).build();

        assertThat(SlotRequest.from(shared).profile()).contains(ProfileClaim.shared("profile_store_us_018"));
        assertThat(SlotRequest.from(reviewed).profile())
                .contains(ProfileClaim.exclusive("profile_store_us_018").refuseOnConflict());
    }

    @Test
    void aWorkerAddsItsOwnPartsToTheRequest() {
        SlotRequest request = SlotRequest.builder(FULL)
                .workerId("worker_1")
                .timeout(Duration.ofMinutes(5))
                .build();

        assertThat(request.workerId()).contains("worker_1");
        assertThat(request.timeout()).contains(Duration.ofMinutes(5));
        assertThat(request.profile()).isPresent();
    }

    @Test
    void anActionThatIsNotAllowedIsRefusedWithItsFacts() {
        SlotRequest request = SlotRequest.from(FULL);
        request.requireAction("read");

        ActionNotAllowedException refusal =
                catchThrowableOfType(ActionNotAllowedException.class, () -> request.requireAction("delete_listing"));

        assertThat(refusal)
                .hasMessage("request task_101 may not do 'delete_listing': it allows only [read];"
                        + " add it to the allowed actions, or leave them out to allow everything");
        assertThat(refusal.requestId()).isEqualTo("task_101");
        assertThat(refusal.taskId()).contains("task_101");
        assertThat(refusal.action()).isEqualTo("delete_listing");
        assertThat(refusal.allowed()).containsExactly("read");
    }

    @Test
    void withoutAListEverythingIsAllowedAndAnEmptyOneAllowsNothing() {
        SlotRequest anything = SlotRequest.of(OperationType.AGENT);
        SlotRequest nothing = SlotRequest.builder("run", OperationType.AGENT)
                .taskId("task")
                .allowedActions(Set.of())
                .build();

        anything.requireAction("delete_listing");
        assertThatThrownBy(() -> nothing.requireAction("read"))
                .isInstanceOf(ActionNotAllowedException.class)
                .hasMessageStartingWith("request run of task task may not do 'read': it allows nothing; add it");
    }
}
