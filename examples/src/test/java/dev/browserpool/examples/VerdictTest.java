package dev.browserpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.OperationType;
import dev.browserpool.examples.RunFacts.Processes;
import dev.browserpool.examples.scheduler.TaskReport;
import dev.browserpool.examples.tasks.Account;
import dev.browserpool.examples.tasks.Action;
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

    @TempDir
    private Path evidence;

    @Test
    void aGoodRunPassesEveryCheck() {
        assertThat(failing(facts(List.of(done(), failedOnPurpose()), List.of(done()), ONE_SIGN_IN, GOOD_PROCESSES)))
                .isEmpty();
    }

    @Test
    void aWrongCartFails() {
        TaskReport wrongCart = report(false, false, Optional.empty());

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
        TaskReport surprise = report(false, false, Optional.of(evidence));

        assertThat(failing(facts(List.of(surprise), List.of(done()), ONE_SIGN_IN, GOOD_PROCESSES)))
                .containsExactly("only the tasks that fail on purpose failed");
    }

    @Test
    void anUnexpectedSuccessFails() {
        TaskReport surprise = report(true, true, Optional.empty());

        assertThat(failing(facts(List.of(surprise), List.of(done()), ONE_SIGN_IN, GOOD_PROCESSES)))
                .containsExactly("only the tasks that fail on purpose failed");
    }

    @Test
    void aFailureWithoutEvidenceFails() {
        TaskReport withoutTrace = report(true, false, Optional.of(evidence.resolve("not-there")));

        assertThat(failing(facts(List.of(withoutTrace), List.of(done()), ONE_SIGN_IN, GOOD_PROCESSES)))
                .containsExactly("every failure left evidence");
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
        return new RunFacts(3, tasks, audits, 1, signIns, processes);
    }

    private static TaskReport done() {
        return report(false, true, Optional.empty());
    }

    private TaskReport failedOnPurpose() {
        return report(true, false, Optional.of(evidence));
    }

    private static TaskReport report(boolean failureExpected, boolean succeeded, Optional<Path> evidence) {
        Task task = new Task(
                "t1",
                OperationType.AGENT,
                Action.READ_CART,
                Optional.of(new Account("amelia", "profile_amelia")),
                List.of(),
                Duration.ofMinutes(1),
                failureExpected);
        return new TaskReport(task, "worker-1", List.of(), Duration.ZERO, Duration.ZERO, succeeded, "result", evidence);
    }
}
