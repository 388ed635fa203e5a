package dev.browserpool.examples.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.examples.tasks.Account;
import dev.browserpool.examples.tasks.Action;
import dev.browserpool.examples.tasks.Task;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.BrowserSessions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real browsers on empty pages: what counts here is who runs when. */
class AccountSchedulerTest {
    private static final Account AMELIA = new Account("amelia", "profile_amelia");
    private static final Account BRUNO = new Account("bruno", "profile_bruno");

    private final Map<String, Path> evidence = new ConcurrentHashMap<>();
    private final Decisions decisions = new Decisions();

    @TempDir
    private Path directory;

    private BrowserPool pool;
    private BrowserSessions browsers;

    @BeforeEach
    void openPool() {
        pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(2));
        browsers = BrowserSessions.builder(pool)
                .profiles(directory.resolve("profiles"))
                .evidence(directory.resolve("evidence"))
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
        Map<String, AtomicInteger> onProfile =
                Map.of(AMELIA.profileId(), new AtomicInteger(), BRUNO.profileId(), new AtomicInteger());
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
                        decisions);

        assertThat(reports)
                .extracting(report -> report.task().taskId())
                .containsExactlyInAnyOrder("a1", "a2", "b1", "a3", "b2");
        assertThat(reports)
                .allMatch(TaskReport::succeeded)
                .allMatch(report -> report.result().equals("about:blank"));
        assertThat(reports).allMatch(report -> report.ran().toMillis() > 0);
        assertThat(pool.status().load().used()).isZero();
    }

    @Test
    void aBusyProfileMeansRescheduledAndThenWaited() throws Exception {
        SlotLease busy = pool.acquire(SlotRequest.builder("somebody", OperationType.AGENT)
                .profile(ProfileClaim.exclusive(AMELIA.profileId()))
                .taskId("other_task")
                .workerId("other_worker")
                .build());
        CountDownLatch waits = new CountDownLatch(1);
        SchedulerListener releaseWhenItWaits = new Decisions() {
            @Override
            public void decided(Decision decision) {
                decisions.decided(decision);
                if (decision.kind() == Decision.Kind.WAITED) {
                    waits.countDown();
                }
            }
        };
        Thread holder = new Thread(() -> releaseAfter(waits, busy), "holder");
        holder.setDaemon(true);
        holder.start();

        List<TaskReport> reports = scheduler(1)
                .run(List.of(task("a1", AMELIA), task("b1", BRUNO)), (task, session) -> "done", releaseWhenItWaits);

        assertThat(reports).extracting(report -> report.task().taskId()).containsExactly("b1", "a1");
        assertThat(reports.get(1).decisions()).containsExactly(Decision.Kind.RESCHEDULED, Decision.Kind.WAITED);
        assertThat(decisions.heard).extracting(Decision::holder).containsOnly("other_task on other_worker");
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
                        decisions);

        TaskReport bad = reports.stream()
                .filter(report -> !report.succeeded())
                .findFirst()
                .orElseThrow();
        assertThat(bad.task().taskId()).isEqualTo("bad");
        assertThat(bad.result()).isEqualTo("broken on purpose");
        assertThat(bad.evidence()).hasValueSatisfying(path -> assertThat(path).isDirectory());
        assertThat(reports)
                .filteredOn(TaskReport::succeeded)
                .hasSize(1)
                .allMatch(good -> good.evidence().isEmpty());
    }

    private AccountScheduler scheduler(int workers) {
        return new AccountScheduler(pool, browsers, workers, request -> Optional.ofNullable(evidence.get(request)));
    }

    private static void releaseAfter(CountDownLatch latch, SlotLease lease) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lease.close();
    }

    private static Task task(String id, Account account) {
        return new Task(
                id, OperationType.AGENT, Action.SIGN_IN, Optional.of(account), List.of(), Duration.ofMinutes(1), false);
    }

    private static class Decisions implements SchedulerListener {
        final ConcurrentLinkedQueue<Decision> heard = new ConcurrentLinkedQueue<>();

        @Override
        public void decided(Decision decision) {
            heard.add(decision);
        }

        @Override
        public void finished(TaskReport report) {}
    }
}
