package dev.browserpool.examples.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.browserpool.AccountRouter.Route;
import dev.browserpool.OperationType;
import dev.browserpool.TaskManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskFileTest {
    private static final String ACCOUNTS = """
            {"accounts": [
              {"account_id": "amelia", "profile_id": "profile_amelia"},
              {"account_id": "bruno", "profile_id": "profile_bruno", "worker_id": "worker-2"}],
            "tasks": [
            """;

    @TempDir
    private Path directory;

    @Test
    void theBuiltInListHasEveryKindOfEnding() throws TaskFileException {
        TaskList list = TaskFile.builtIn();

        assertThat(list.router().accounts()).hasSize(8);
        assertThat(list.toDo()).hasSizeGreaterThanOrEqualTo(24).doesNotContainAnyElementsOf(vanishing(list));
        assertThat(list.tasksThatExpect(Expectation.FAILURE)).hasSize(3);
        assertThat(list.tasksThatExpect(Expectation.REVIEW)).hasSize(1);
        assertThat(list.tasksThatExpect(Expectation.SKIP)).hasSize(1);
        assertThat(list.tasks()).filteredOn(task -> task.accountId().isEmpty()).isNotEmpty();
    }

    private static List<Task> vanishing(TaskList list) {
        List<Task> vanishing = list.tasksThatExpect(Expectation.VANISH);
        assertThat(vanishing).hasSize(1);
        return vanishing;
    }

    @Test
    void everyFieldOfATaskArrives() throws Exception {
        TaskList list = read(ACCOUNTS + """
                {"task_id": "t1", "account_id": "bruno", "profile_id": "profile_bruno", "operation_type": "nightly_crawl",
                 "action": "add_to_cart", "items": ["tea", "tea"], "lock_timeout_seconds": 90, "expect": "failure",
                 "requires_exclusive_profile_lock": false, "allowed_actions": ["sign_in", "add_to_cart"],
                 "human_review_on_lock_conflict": true, "description": "tea for two"}]}
                """);

        Task task = list.tasks().get(0);
        assertThat(task.taskId()).isEqualTo("t1");
        assertThat(task.action()).isEqualTo(Action.ADD_TO_CART);
        assertThat(task.items()).isEqualTo(List.of("tea", "tea"));
        assertThat(task.expectation()).isEqualTo(Expectation.FAILURE);
        assertThat(task.routed().workerId()).contains("worker-2");
        assertThat(task.manifest())
                .isEqualTo(TaskManifest.builder("t1")
                        .accountId("bruno")
                        .profileId("profile_bruno")
                        .type(new OperationType("nightly_crawl"))
                        .lockTimeout(Duration.ofSeconds(90))
                        .requiresExclusiveProfileLock(false)
                        .allowedActions(Set.of("sign_in", "add_to_cart"))
                        .humanReviewOnLockConflict(true)
                        .description("tea for two")
                        .build());
    }

    @Test
    void whatATaskLeavesOutComesFromItsRoute() throws Exception {
        Task task = read(task("\"action\": \"sign_in\"")).tasks().get(0);

        assertThat(task.profileId()).contains("profile_amelia");
        assertThat(task.routed().workerId()).isEmpty();
        assertThat(task.manifest().lockTimeout()).contains(Duration.ofMinutes(2));
        assertThat(task.manifest().description()).contains("sign_in");
        assertThat(task.expectation()).isEqualTo(Expectation.SUCCESS);
    }

    @Test
    void onlyTheRoutesOfTasksAreInUse() throws Exception {
        assertThat(read(task("\"action\": \"sign_in\"")).routesInUse())
                .extracting(Route::profileId)
                .containsExactly("profile_amelia");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatExceptionOfType(TaskFileException.class)
                .isThrownBy(() -> TaskFile.read(Path.of("no-such-tasks.json")))
                .withMessage("task file no-such-tasks.json does not exist");
    }

    @Test
    void aDirectoryIsNoTaskFile() {
        assertThatExceptionOfType(TaskFileException.class)
                .isThrownBy(() -> TaskFile.read(directory))
                .withMessage("task file " + directory + " is a directory");
    }

    @Test
    void brokenJsonIsNamedWithItsLine() {
        assertRefused(
                "{\n\"accounts\": [\n}",
                "line 3: no valid JSON: Unexpected close marker '}': expected ']' (for Array starting at line 2)");
    }

    @Test
    void anEmptyFileIsNoTaskList() {
        assertRefused("", "line 1: no valid JSON");
    }

    @Test
    void whatFollowsTheDocumentIsRefused() {
        assertRefused(task("\"action\": \"sign_in\"") + "{}", "line 6: no valid JSON");
    }

    @Test
    void anUnknownFieldIsNamedWithItsLine() {
        assertRefused(
                task("\"action\": \"sign_in\", \"acount\": 1"),
                "line 5: unknown field 'acount'; known are [account_id");
    }

    @Test
    void anUnknownActionIsNamedWithTheKnownOnes() {
        assertRefused(
                task("\"action\": \"fly\""),
                "line 5: field 'action' is 'fly', but must be one of [sign_in, add_to_cart");
    }

    @Test
    void anUnknownExpectationIsNamedWithTheKnownOnes() {
        assertRefused(
                task("\"action\": \"sign_in\", \"expect\": \"maybe\""),
                "line 5: field 'expect' is 'maybe', but must be one of [success, failure, review, skip, vanish]");
    }

    @Test
    void aValueOfTheWrongKindIsNamed() {
        assertRefused(
                task("\"action\": \"sign_in\", \"lock_timeout_seconds\": \"soon\""),
                "line 5: field 'lock_timeout_seconds' has a wrong value");
    }

    @Test
    void aTimeOfNothingIsRefused() {
        assertRefused(
                task("\"action\": \"sign_in\", \"lock_timeout_seconds\": 0"),
                "line 5: lock_timeout_seconds is 0, but must be at least 1");
    }

    @Test
    void aFieldThatIsThereTwiceIsRefused() {
        assertRefused(
                task("\"action\": \"sign_in\", \"action\": \"sign_in\""), "line 5: no valid JSON: Duplicate field");
    }

    @Test
    void aMissingFieldIsNamed() {
        assertRefused(task("\"items\": []"), "line 5: field 'action' is missing");
    }

    @Test
    void aBadOperationTypeIsRefused() {
        assertRefused(
                ACCOUNTS
                        + "{\"task_id\": \"t\", \"account_id\": \"amelia\", \"operation_type\": \"Agent!\", \"action\": \"sign_in\"}]}",
                "line 5: operation type 'Agent!' must match");
    }

    @Test
    void aTaskIdThatIsThereTwiceIsNamedWithBothLines() {
        String sameTask =
                "{\"task_id\": \"t1\", \"account_id\": \"amelia\", \"operation_type\": \"agent\", \"action\": \"sign_in\"}";
        assertRefused(
                ACCOUNTS + sameTask + ",\n" + sameTask + "]}", "line 6: task 't1' is there twice, first on line 5");
    }

    @Test
    void aBadActionNameIsRefused() {
        assertRefused(
                task("\"action\": \"sign_in\", \"allowed_actions\": [\"Fly!\"]"), "line 5: action 'Fly!' must match");
    }

    @Test
    void anUnknownAccountIsNamedWithTheKnownOnes() {
        assertRefused(
                ACCOUNTS
                        + "{\"task_id\": \"t1\", \"account_id\": \"zoe\", \"operation_type\": \"agent\", \"action\": \"sign_in\"}]}",
                "line 5: task t1 cannot be routed: account 'zoe' has no route; known are [amelia, bruno]");
    }

    @Test
    void aProfileOfAnotherAccountIsRefused() {
        assertRefused(
                task("\"action\": \"sign_in\", \"profile_id\": \"profile_bruno\""),
                "line 5: task t1 cannot be routed: profile 'profile_bruno' belongs to account 'bruno'");
    }

    @Test
    void aProfileThatIsAPathIsRefused() {
        assertRefused(
                "{\"accounts\": [{\"account_id\": \"a\", \"profile_id\": \"../a\"}], \"tasks\": []}",
                "line 1: profile");
    }

    @Test
    void twoAccountsCannotShareAProfile() {
        assertRefused(
                "{\"accounts\": [{\"account_id\": \"a\", \"profile_id\": \"p\"},\n"
                        + "{\"account_id\": \"b\", \"profile_id\": \"p\"}], \"tasks\": []}",
                "line 2: profile 'p' is there twice, first on line 1");
    }

    @Test
    void anActionThatNeedsAnAccountSaysSo() {
        assertRefused(
                ACCOUNTS + "{\"task_id\": \"t1\", \"operation_type\": \"agent\", \"action\": \"sign_in\"}]}",
                "line 5: task 't1' needs an account_id");
    }

    @Test
    void anActionThatNeedsItemsSaysSo() {
        assertRefused(task("\"action\": \"add_to_cart\""), "line 5: task 't1' needs items");
    }

    @Test
    void aListWithoutTasksIsRefused() {
        assertRefused(ACCOUNTS + "]}", " has no tasks");
    }

    private static String task(String fields) {
        return ACCOUNTS + "{\"task_id\": \"t1\", \"account_id\": \"amelia\", \"operation_type\": \"agent\", " + fields
                + "}]}\n";
    }

    private void assertRefused(String json, String expected) {
        assertThatExceptionOfType(TaskFileException.class)
                .isThrownBy(() -> read(json))
                .satisfies(e -> assertThat(e.getMessage())
                        .contains("tasks.json")
                        .contains(expected)
                        .doesNotContain("\n"));
    }

    private TaskList read(String json) throws IOException, TaskFileException {
        return TaskFile.read(Files.writeString(directory.resolve("tasks.json"), json));
    }
}
