package dev.browserpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.RoutedTask;
import dev.browserpool.TaskManifest;
import dev.browserpool.examples.RunFacts.Processes;
import dev.browserpool.examples.scheduler.TaskReport;
import dev.browserpool.examples.scheduler.TaskReport.Outcome;
import dev.browserpool.examples.tasks.Action;
import dev.browserpool.examples.tasks.Expectation;
import dev.browserpool.examples.tasks.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check that can't fail is no check: each of them is made to. */
class VerdictTest {
    private static final Processes GOOD_PROCESSES = new Processes(100, 5, 3, Set.of(), List.of());
    private static final Map<String, Integer> ONE_SIGN_IN = Map.of("amelia", 1);
    private static final RunFacts.Profiles NOTHING_SPECIAL = new RunFacts.Profiles(List.of(), List.of(), Map.of());
    private static final ConflictTally NO_CONFLICTS = new ConflictTally(Map.of(), Map.of(), Map.of());

    @TempDir
    private Path evidence;

    @Test
    void aGoodRunPassesEveryCheck() {
        assertThat(failing(facts(List.of(done(), failedOnPurpose()), List.of(done()), ONE_SIGN_IN, GOOD_PROCESSES)))
                .isEmpty();
    }

    @Test
    void aWrongCartFails() {
        TaskReport wrongCart = report(Expectation.SUCCESS, Outcome.FAILED, Optional.empty());

        assertThat(failing(facts(List.of(done()), List.of(wrongCart), ONE_SIGN_IN, GOOD_PROCESSES)))
                .containsExactly("every cart holds exactly the items of its account");
    }

    @Test
    void oneBrowserTooManyFails() {
        assertThat(failing(facts(new Processes(100, 5, 4, Set.of(), List.of()))))
                .containsExactly("never more than 3 browsers");
    }

    @Test
    void aWatchThatSawNoBrowserProvesNothing() {
        assertThat(failing(facts(new Processes(100, 0, 0, Set.of(), List.of()))))
                .containsExactly("never more than 3 browsers");
    }

    @Test
    void twoBrowsersOnOneProfileFail() {
        assertThat(failing(facts(new Processes(100, 5, 3, Set.of("/profiles/a"), List.of()))))
                .containsExactly("never two browsers on one profile");
    }

    @Test
    void aProcessThatIsLeftFails() {
        assertThat(failing(facts(new Processes(100, 5, 3, Set.of(), List.of("chromium")))))
                .containsExactly("nothing is left running");
    }

    @Test
    void aProfileThatForgotItsAccountFails() {
        assertThat(failing(facts(List.of(done()), List.of(done()), Map.of("amelia", 2), GOOD_PROCESSES)))
                .containsExactly("no account signed in twice, its profile remembered it");
    }

    @Test
    void anUnexpectedFailureFails() {
        TaskReport surprise = report(Expectation.SUCCESS, Outcome.FAILED, Optional.of(evidence));

        assertThat(failing(facts(List.of(surprise), List.of(done()), ONE_SIGN_IN, GOOD_PROCESSES)))
                .containsExactly("only the tasks that fail on purpose failed");
    }

    @Test
    void anUnexpectedSuccessFails() {
        TaskReport surprise = report(Expectation.FAILURE, Outcome.DONE, Optional.empty());

        assertThat(failing(facts(List.of(surprise), List.of(done()), ONE_SIGN_IN, GOOD_PROCESSES)))
                .containsExactly("only the tasks that fail on purpose failed");
    }

    @Test
    void aFailureWithoutEvidenceFails() {
        TaskReport withoutTrace =
                report(Expectation.FAILURE, Outcome.FAILED, Optional.of(evidence.resolve("not-there")));

        assertThat(failing(facts(List.of(withoutTrace), List.of(done()), ONE_SIGN_IN, GOOD_PROCESSES)))
                .containsExactly("every failure left evidence");
    }

    @Test
    void aTaskThatWasLeftOutUnexpectedlyFails() {
        TaskReport surprise = report(Expectation.SUCCESS, Outcome.LEFT_OUT, Optional.empty());

        assertThat(failing(facts(List.of(surprise), List.of(done()), ONE_SIGN_IN, GOOD_PROCESSES)))
                .containsExactly("only the tasks that fail on purpose failed");
    }

    @Test
    void aTaskThatWasLeftOutOnPurposeNeedsNoEvidence() {
        TaskReport leftOut = report(Expectation.SKIP, Outcome.LEFT_OUT, Optional.empty());

        assertThat(failing(facts(List.of(leftOut), List.of(done()), ONE_SIGN_IN, GOOD_PROCESSES)))
                .isEmpty();
    }

    @Test
    void aConflictThatIsNotOnTheLogFails() {
        assertThat(failing(facts(new ConflictTally(Map.of("t1 refuse", 1L), Map.of(), Map.of("t1 refuse", 1L)))))
                .containsExactly("every conflict is on the log exactly once");
    }

    @Test
    void aConflictThatIsOnTheLogTwiceFails() {
        assertThat(failing(facts(new ConflictTally(Map.of("t1 wait", 1L), Map.of("t1 wait", 2L), Map.of()))))
                .containsExactly("every conflict is on the log exactly once");
    }

    @Test
    void aRefusalThatNobodyDecidedOnFails() {
        assertThat(failing(facts(new ConflictTally(Map.of("t1 refuse", 1L), Map.of("t1 refuse", 1L), Map.of()))))
                .containsExactly("every conflict is on the log exactly once");
    }

    private static List<String> failing(RunFacts facts) {
        return new Verdict(facts)
                .checks().stream()
                        .filter(check -> !check.holds())
                        .map(Check::claim)
                        .toList();
    }

    private RunFacts facts(Processes processes) {
        return facts(List.of(done()), List.of(done()), ONE_SIGN_IN, processes);
    }

    private static RunFacts facts(
            List<TaskReport> tasks, List<TaskReport> audits, Map<String, Integer> signIns, Processes processes) {
        return new RunFacts(3, tasks, audits, 1, signIns, NOTHING_SPECIAL, NO_CONFLICTS, processes);
    }

    private static RunFacts facts(ConflictTally conflicts) {
        List<TaskReport> done = List.of(done());
        return new RunFacts(3, done, done, 1, ONE_SIGN_IN, NOTHING_SPECIAL, conflicts, GOOD_PROCESSES);
    }

    private static TaskReport done() {
        return report(Expectation.SUCCESS, Outcome.DONE, Optional.empty());
    }

    private TaskReport failedOnPurpose() {
        return report(Expectation.FAILURE, Outcome.FAILED, Optional.of(evidence));
    }

    private static TaskReport report(Expectation expectation, Outcome outcome, Optional<Path> evidence) {
        TaskManifest manifest = TaskManifest.builder("t1")
                .accountId("amelia")
                .profileId("profile_amelia")
                .build();
        Task task = new Task(
                new RoutedTask(manifest, Optional.empty(), Optional.empty()), Action.READ_CART, List.of(), expectation);
        return new TaskReport(task, "worker-1", List.of(), Duration.ZERO, Duration.ZERO, outcome, "result", evidence);
    }
}
