package dev.browserpool.examples.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.browserpool.BrowserPool;
import dev.browserpool.ConflictDecision.Action;
import dev.browserpool.ConflictPolicy;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileRecord;
import dev.browserpool.RoutedTask;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.TaskManifest;
import dev.browserpool.examples.scheduler.TaskReport.Outcome;
import dev.browserpool.examples.tasks.Expectation;
import dev.browserpool.examples.tasks.Task;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.BrowserSessions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real browsers on empty pages: what counts here is who runs when. */
class AccountSchedulerTest {
    private static final String AMELIA = "profile_amelia";
    private static final String BRUNO = "profile_bruno";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ConflictPolicy ONE_SHORT_PAUSE =
            new ConflictPolicy(Duration.ZERO, Duration.ofMillis(50), Duration.ofMillis(50), 1);

    private final Map<String, Path> evidence = new ConcurrentHashMap<>();
    private final Story story = new Story();

    @TempDir
    private Path directory;

    private BrowserPool pool;
    private BrowserSessions browsers;

    @BeforeEach
    void openPool() {
        open(SECOND.multipliedBy(20), SECOND.multipliedBy(5));
    }

    private void open(Duration stopGrace, Duration budget) {
        pool = InMemoryBrowserPool.create(
                PoolConfig.builder().maxBrowsers(2).stopGrace(stopGrace).build());
        browsers = BrowserSessions.builder(pool)
                .profiles(directory.resolve("profiles"))
                .evidence(directory.resolve("evidence"))
                .evidenceBudget(budget)
                .closeBudget(budget)
                .exitBudget(budget)
                .onClosed(report -> report.evidence()
                        .ifPresent(path -> evidence.put(report.request().requestId(), path)))
                .build();
    }

    @AfterEach
    void closePool() {
        browsers.close();
        pool.close();
    }

    @Test
    void everyTaskRunsOnceOnItsOwnProfileAndNeverTwoOnOne() throws Exception {
        Map<String, AtomicInteger> onProfile = Map.of(AMELIA, new AtomicInteger(), BRUNO, new AtomicInteger());
        List<Task> tasks = List.of(
                task("a1", AMELIA), task("a2", AMELIA), task("b1", BRUNO), task("a3", AMELIA), task("b2", BRUNO));

        List<TaskReport> reports = scheduler(3)
                .run(
                        tasks,
                        (task, session) -> {
                            AtomicInteger count = onProfile.get(task.profileId().orElseThrow());
                            assertThat(count.incrementAndGet()).isEqualTo(1);
                            session.page().navigate("about:blank");
                            count.decrementAndGet();
                            return session.page().url();
                        },
                        List.of());

        assertThat(reports)
                .extracting(report -> report.task().taskId())
                .containsExactlyInAnyOrder("a1", "a2", "b1", "a3", "b2");
        assertThat(reports)
                .allMatch(report -> report.outcome() == Outcome.DONE)
                .allMatch(report -> report.result().equals("about:blank"))
                .allMatch(report -> report.ran().toMillis() > 0);
        assertThat(pool.status().load().used()).isZero();
    }

    @Test
    void aBusyProfileMeansRescheduledAndThenWaited() throws Exception {
        SlotLease busy = takenByOther();
        story.onDecision = decision -> {
            if (decision.verdict().action() == Action.WAIT) {
                busy.close();
            }
        };

        List<TaskReport> reports = scheduler(1)
                .run(List.of(task("a1", AMELIA), task("b1", BRUNO)), (task, session) -> "done", List.of(story));

        assertThat(reports).extracting(report -> report.task().taskId()).containsExactly("b1", "a1");
        assertThat(reports.get(1).decisions()).containsExactly(Action.RESCHEDULE, Action.WAIT);
        assertThat(story.decisions).extracting(Decision::conflict).containsOnly("in use (other_task on other_worker)");
    }

    @Test
    void aTaskThatThrowsIsReportedWithItsEvidenceAndTheOthersGoOn() throws Exception {
        List<TaskReport> reports = scheduler(2)
                .run(
                        List.of(task("bad", AMELIA), task("good", AMELIA)),
                        (task, session) -> {
                            if (task.taskId().equals("bad")) {
                                throw new IllegalStateException("broken on purpose\nwith a second line");
                            }
                            return "done";
                        },
                        List.of());

        TaskReport bad = report(reports, "bad");
        assertThat(bad.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(bad.result()).isEqualTo("broken on purpose");
        assertThat(bad.evidence()).hasValueSatisfying(path -> assertThat(path).isDirectory());
        assertThat(report(reports, "good").outcome()).isEqualTo(Outcome.DONE);
        assertThat(report(reports, "good").evidence()).isEmpty();
    }

    @Test
    void whatNeedsAPersonQuarantinesTheProfileUntilItIsCleared() throws Exception {
        Task asks = changed(task("asks", AMELIA), manifest -> manifest.humanReviewOnLockConflict(true));
        story.onDecision = decision -> {
            if (decision.verdict().action() == Action.REVIEW) {
                pool.profiles().clear(AMELIA, "rita", "looked at it");
            }
        };

        List<TaskReport> reports = scheduler(1)
                .run(
                        List.of(task("odd", AMELIA), task("leftOut", AMELIA), asks),
                        (task, session) -> {
                            if (task.taskId().equals("odd")) {
                                throw new PersonNeededException("is it you?", new IllegalStateException());
                            }
                            return "done";
                        },
                        List.of(story));

        assertThat(report(reports, "odd").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report(reports, "leftOut").outcome()).isEqualTo(Outcome.LEFT_OUT);
        assertThat(report(reports, "leftOut").result()).isEqualTo("profile_amelia is in quarantine (odd: is it you?)");
        assertThat(report(reports, "asks").outcome()).isEqualTo(Outcome.DONE);
        assertThat(pool.profiles().history(AMELIA, 10))
                .extracting(ProfileRecord::kind)
                .containsExactly(
                        ProfileRecord.Kind.OWNED,
                        ProfileRecord.Kind.CLEARED,
                        ProfileRecord.Kind.OWNED,
                        ProfileRecord.Kind.QUARANTINED);
    }

    @Test
    void aProfileWhoseWorkerVanishedIsRecovered() throws Exception {
        closePool();
        open(SECOND.multipliedBy(5), SECOND);
        SlotLease neverClosed =
                pool.acquire(SlotRequest.builder(task("ghost", AMELIA).manifest())
                        .workerId("worker-ghost")
                        .maxDuration(Duration.ofMillis(100))
                        .build());
        neverClosed.checkpoint("half way");

        List<TaskReport> reports =
                scheduler(1).run(List.of(task("next", AMELIA)), (task, session) -> "done", List.of(story));

        assertThat(report(reports, "next").outcome()).isEqualTo(Outcome.DONE);
        assertThat(story.recoveries).singleElement().satisfies(recovery -> {
            assertThat(recovery.vanished()).isEqualTo("worker-ghost");
            assertThat(recovery.checkpoint()).isEqualTo("half way");
        });
        assertThat(neverClosed.isValid()).isFalse();
    }

    @Test
    void aPersonCanLetATaskWaitForABusyProfile() throws Exception {
        SlotLease busy = takenByOther();
        Task asks = changed(task("asks", AMELIA), manifest -> manifest.humanReviewOnLockConflict(true));
        AccountScheduler scheduler = scheduler(1);
        story.onDecision = decision -> {
            assertThat(scheduler.desk().waiting()).containsExactly(decision.task());
            assertThat(scheduler.desk().retry("asks")).isTrue();
            assertThat(scheduler.desk().retry("asks")).isFalse();
            busy.close();
        };

        List<TaskReport> reports = scheduler.run(List.of(asks), (task, session) -> "done", List.of(story));

        assertThat(report(reports, "asks").decisions()).containsExactly(Action.REVIEW);
        assertThat(report(reports, "asks").outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void whereNobodyReviewsATaskIsLeftOut() throws Exception {
        Task asks = changed(task("asks", AMELIA), manifest -> manifest.humanReviewOnLockConflict(true));
        AccountScheduler scheduler = scheduler(1);
        scheduler.desk().close();
        try (SlotLease busy = takenByOther()) {
            List<TaskReport> reports = scheduler.run(List.of(asks), (task, session) -> "done", List.of());

            assertThat(report(reports, "asks").outcome()).isEqualTo(Outcome.LEFT_OUT);
            assertThat(report(reports, "asks").result()).isEqualTo("nobody was there to review it");
            assertThat(busy.isValid()).isTrue();
        }
    }

    @Test
    void anErrorOfTheSchedulerItselfEndsTheRunForAllWorkers() throws Exception {
        try (SlotLease busy = takenByOther()) {
            story.onDecision = decision -> {
                throw new IllegalArgumentException("a listener of little use");
            };

            assertThatIllegalStateException()
                    .isThrownBy(() -> scheduler(3).run(List.of(task("a1", AMELIA)), (t, s) -> "done", List.of(story)))
                    .withMessageContaining("a listener of little use");
            assertThat(busy.isValid()).isTrue();
        }
    }

    @Test
    void aTaskGoesToTheWorkerOfItsRoute() throws Exception {
        List<TaskReport> reports = scheduler(2)
                .run(
                        List.of(routed("a1", AMELIA, "worker-2"), routed("a2", AMELIA, "worker-2")),
                        (task, session) -> "done",
                        List.of());

        assertThat(reports).extracting(TaskReport::workerId).containsOnly("worker-2");
        assertThat(reports).allMatch(report -> report.decisions().isEmpty());
    }

    private AccountScheduler scheduler(int workers) {
        return new AccountScheduler(
                pool, browsers, workers, ONE_SHORT_PAUSE, request -> Optional.ofNullable(evidence.get(request)));
    }

    private SlotLease takenByOther() throws InterruptedException {
        return pool.acquire(SlotRequest.builder("somebody", OperationType.AGENT)
                .profile(ProfileClaim.exclusive(AMELIA))
                .taskId("other_task")
                .workerId("other_worker")
                .build());
    }

    private static TaskReport report(List<TaskReport> reports, String taskId) {
        return reports.stream()
                .filter(report -> report.task().taskId().equals(taskId))
                .findFirst()
                .orElseThrow();
    }

    private static Task task(String id, String profile) {
        return of(TaskManifest.builder(id).profileId(profile).build(), Optional.empty());
    }

    private static Task routed(String id, String profile, String worker) {
        return of(TaskManifest.builder(id).profileId(profile).build(), Optional.of(worker));
    }

    private static Task changed(Task task, UnaryOperator<TaskManifest.Builder> change) {
        return of(change.apply(task.manifest().toBuilder()).build(), Optional.empty());
    }

    private static Task of(TaskManifest manifest, Optional<String> worker) {
        return new Task(
                new RoutedTask(manifest, worker, Optional.empty()),
                dev.browserpool.examples.tasks.Action.SIGN_IN,
                List.of(),
                Expectation.SUCCESS);
    }

    private static final class Story implements SchedulerListener {
        final Queue<Decision> decisions = new ConcurrentLinkedQueue<>();
        final Queue<Recovery> recoveries = new ConcurrentLinkedQueue<>();
        volatile Consumer<Decision> onDecision = decision -> {};

        @Override
        public void decided(Decision decision) {
            decisions.add(decision);
            onDecision.accept(decision);
        }

        @Override
        public void recovered(Recovery recovery) {
            recoveries.add(recovery);
        }
    }
}
