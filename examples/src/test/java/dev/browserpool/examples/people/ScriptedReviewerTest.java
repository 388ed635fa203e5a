package dev.browserpool.examples.people;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.ConflictPolicy;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.RoutedTask;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.TaskManifest;
import dev.browserpool.examples.scheduler.AccountScheduler;
import dev.browserpool.examples.scheduler.TaskReport;
import dev.browserpool.examples.scheduler.TaskReport.Outcome;
import dev.browserpool.examples.tasks.Action;
import dev.browserpool.examples.tasks.Expectation;
import dev.browserpool.examples.tasks.Task;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.BrowserSessions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever stands in line for a profile in quarantine is heard, whichever came first. */
class ScriptedReviewerTest {
    private static final String PROFILE = "profile_a";

    private static final String OTHER = "profile_b";

    private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(2));
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final ScriptedReviewer reviewer = new ScriptedReviewer(new Office(
            pool.profiles(),
            Set.of(PROFILE),
            new AccountScheduler(
                            pool,
                            BrowserSessions.builder(pool).build(),
                            1,
                            ConflictPolicy.standard(),
                            request -> Optional.empty())
                    .desk(),
            profile -> {},
            said::add));

    @BeforeEach
    void listen() {
        pool.addListener(reviewer);
    }

    @AfterEach
    void close() {
        reviewer.close();
        pool.close();
    }

    @Test
    void aNewcomerInLineIsReasonEnoughToClear() {
        pool.profiles().quarantine(PROFILE, "odd");

        CompletableFuture<SlotLease> waiter = waiter();

        await().atMost(10, SECONDS).until(waiter::isDone);
        waiter.join().close();
        assertThat(said).first().asString().contains("rita looks at the evidence of " + PROFILE);
    }

    @Test
    void whoWaitedBeforeTheQuarantineIsNotForgotten() throws InterruptedException {
        CompletableFuture<SlotLease> waiter;
        try (SlotLease owner = pool.acquire(request("owner", PROFILE))) {
            waiter = waiter();
            pool.profiles().quarantine(PROFILE, "odd");
            owner.fail(new IllegalStateException("odd"));
        }
        assertThat(waiter).isNotDone();

        reviewer.finished(failed());

        await().atMost(10, SECONDS).until(waiter::isDone);
        waiter.join().close();
        assertThat(said).contains("        evidence/of/owner");
    }

    @Test
    void aProfileThatNobodyWantsStaysInQuarantine() {
        pool.profiles().quarantine(PROFILE, "odd");
        pool.profiles().quarantine(OTHER, "odd too");

        reviewer.finished(failed());
        CompletableFuture<SlotLease> waiter = pool.acquireAsync(request("waiter", OTHER));

        // Reviewed after the first, on the same thread.
        await().atMost(10, SECONDS).until(waiter::isDone);
        waiter.join().close();
        assertThat(pool.profiles().view(PROFILE).blocks()).hasSize(1);
        assertThat(said).noneMatch(line -> line.contains(PROFILE));
    }

    private CompletableFuture<SlotLease> waiter() {
        return pool.acquireAsync(request("waiter", PROFILE));
    }

    private static SlotRequest request(String id, String profile) {
        return SlotRequest.builder(id, OperationType.AGENT)
                .profile(ProfileClaim.exclusive(profile))
                .build();
    }

    private static TaskReport failed() {
        TaskManifest manifest = TaskManifest.builder("owner").profileId(PROFILE).build();
        Task task = new Task(
                new RoutedTask(manifest, Optional.empty(), Optional.empty()),
                Action.SIGN_IN,
                List.of(),
                Expectation.REVIEW);
        return new TaskReport(
                task,
                "worker-1",
                List.of(),
                Duration.ZERO,
                Duration.ZERO,
                Outcome.FAILED,
                "odd",
                Optional.of(Path.of("evidence/of/owner")));
    }
}
