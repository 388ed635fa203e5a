package dev.browserpool.examples.dashboard;

import static dev.browserpool.examples.dashboard.Caller.API;
import static dev.browserpool.examples.dashboard.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.browserpool.AdmissionGate;
import dev.browserpool.BrowserPool;
import dev.browserpool.HostOverloadedException;
import dev.browserpool.LoadTestInProgressException;
import dev.browserpool.OperationType;
import dev.browserpool.PoolClosedException;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.QueueFullException;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the API answers, over HTTP, about a real pool. */
class ApiTest {
    private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.builder()
            .maxBrowsers(1)
            .maxQueued(2)
            .stopGrace(Duration.ofMillis(1))
            .closeGrace(Duration.ofMillis(1))
            .build());
    private PoolDashboard dashboard;
    private Caller caller;

    @BeforeEach
    void open() {
        dashboard = PoolDashboard.open(pool, DashboardOptions.defaults());
        caller = new Caller(dashboard);
    }

    @AfterEach
    void close() {
        dashboard.close();
        pool.close();
    }

    private static SlotRequest agent(String id, String profile) {
        return SlotRequest.builder(id, OperationType.AGENT)
                .profile(ProfileClaim.exclusive(profile))
                .workerId("worker-1")
                .build();
    }

    private CompletableFuture<SlotLease> waitingFor(String id) {
        CompletableFuture<SlotLease> waiting = pool.acquireAsync(SlotRequest.of(id, OperationType.PRD));
        await().until(() -> pool.slot(id).isPresent());
        return waiting;
    }

    @Test
    void theStatusNamesWhoRunsWhoWaitsAndAllTypes() throws InterruptedException {
        try (SlotLease lease = pool.acquire(agent("task_1", "anna"))) {
            waitingFor("task_2");
            JsonNode status = json(caller.get(API + "/status"));

            assertThat(status.at("/running/0/requestId").asText()).isEqualTo("task_1");
            assertThat(status.at("/running/0/profileId").asText()).isEqualTo("anna");
            assertThat(status.at("/running/0/token").asLong()).isEqualTo(lease.token());
            assertThat(status.at("/line/0/slot/requestId").asText()).isEqualTo("task_2");
            assertThat(status.at("/line/0/position").asInt()).isEqualTo(1);
            assertThat(status.at("/byType")).hasSizeGreaterThanOrEqualTo(9);
            assertThat(status.at("/load/running").asInt()).isEqualTo(1);
            assertThat(status.at("/load/waitingForSlot").asInt()).isEqualTo(1);
        }
    }

    @Test
    void recentRunsAreNewestFirstWithTheirTimesAndReasons() throws InterruptedException {
        pool.acquire(SlotRequest.of("first", OperationType.PRD)).close();
        try (SlotLease lease = pool.acquire(SlotRequest.of("second", OperationType.PRD))) {
            lease.fail(new IllegalStateException("the shop is closed"));
        }
        JsonNode recent = json(caller.get(API + "/recent?limit=1"));

        assertThat(recent).hasSize(1);
        assertThat(recent.at("/0/requestId").asText()).isEqualTo("second");
        assertThat(recent.at("/0/state").asText()).isEqualTo("FAILED");
        assertThat(recent.at("/0/reason").asText()).contains("the shop is closed");
        assertThat(recent.at("/0/ranMillis").isNumber()).isTrue();
    }

    @Test
    void theLineComesInPages() throws InterruptedException {
        try (SlotLease lease = pool.acquire(SlotRequest.of("holder", OperationType.PRD))) {
            waitingFor("one");
            waitingFor("two");
            JsonNode page = json(caller.get(API + "/line?offset=1&limit=5"));

            assertThat(page.at("/total").asInt()).isEqualTo(2);
            assertThat(page.at("/waiting")).hasSize(1);
            assertThat(page.at("/waiting/0/slot/requestId").asText()).isEqualTo("two");
            assertThat(lease.isValid()).isTrue();
        }
    }

    @Test
    void aNumberThatIsNoneOrOutOfBoundsIsABadRequestThatNamesIt() {
        assertProblem(caller.get(API + "/recent?limit=many"), 400, "bad-request", "limit is 'many'");
        assertProblem(caller.get(API + "/recent?limit=0"), 400, "bad-request", "between 1 and 1000");
        assertProblem(caller.get(API + "/line?offset=-1"), 400, "bad-request", "offset is -1");
    }

    @Test
    void whatIsNotThereIsAProblemToo() {
        assertProblem(caller.get(API + "/request?id=nobody"), 404, "not-found", "'nobody' neither waits nor runs");
        assertProblem(caller.get(API + "/nothing"), 404, "http-404", "");
        assertProblem(caller.post(API + "/status", ""), 405, "http-405", "");
        assertProblem(caller.post(API + "/cancel", "{\"requestId\": \"nobody\"}"), 404, "not-found", "does not wait");
        assertProblem(
                caller.post(API + "/revoke", "{\"requestId\": \"nobody\", \"reason\": \"x\"}"),
                404,
                "not-found",
                "does not run");
    }

    @Test
    void aBodyThatCannotBeUnderstoodIsABadRequestThatSaysWhy() {
        assertProblem(caller.post(API + "/cancel", "{"), 400, "bad-request", "the body is not what is expected");
        assertProblem(caller.post(API + "/cancel", "{}"), 400, "bad-request", "the field requestId is missing");
        assertProblem(caller.post(API + "/resize", "{\"max\": 1}"), 400, "bad-request", "known are [maxBrowsers]");
        assertProblem(caller.post(API + "/resize", "{\"maxBrowsers\": 0}"), 400, "bad-request", "at least 1");
        assertProblem(caller.post(API + "/resize", "{\"maxBrowsers\": \"2\"}"), 400, "bad-request", "expected");
        assertProblem(caller.post(API + "/cleanup", "{}"), 400, "bad-request", "staleAfterSeconds");
        assertProblem(caller.get(API + "/profiles/..%20/history"), 400, "bad-request", "is a name, never a path");
        assertProblem(caller.post(API + "/pause", "x".repeat(20_000)), 413, "http-413", "");
    }

    @Test
    void aRequestIsCancelledAndALeaseRevoked() throws InterruptedException {
        SlotLease lease = pool.acquire(SlotRequest.of("holder", OperationType.PRD));
        CompletableFuture<SlotLease> waiting = waitingFor("waiter");

        assertThat(caller.post(API + "/cancel", "{\"requestId\": \"waiter\"}").statusCode())
                .isEqualTo(200);
        await().until(waiting::isCompletedExceptionally);
        assertThat(caller.post(API + "/revoke", "{\"requestId\": \"holder\", \"reason\": \"it hangs\"}")
                        .statusCode())
                .isEqualTo(200);
        await().until(() -> pool.slot("holder").orElseThrow().state() == SlotState.REVOKED);
        assertThat(lease.isValid()).isFalse();
        assertThat(json(caller.get(API + "/request?id=holder")).at("/reason").asText())
                .contains("it hangs");
    }

    @Test
    void thePoolIsPausedResizedResumedAndCleanedUp() throws InterruptedException {
        caller.post(API + "/pause", "{\"reason\": \"the shop is being updated\"}");
        assertThat(pool.status().pausedBy()).contains("the shop is being updated");
        HttpResponse<String> pressure = caller.get(API + "/pressure");
        assertThat(pressure.statusCode()).isEqualTo(503);
        assertThat(json(pressure).at("/reasons/0/kind").asText()).isEqualTo("paused");
        caller.post(API + "/resume", "");
        assertThat(caller.get(API + "/pressure").statusCode()).isEqualTo(200);
        caller.post(API + "/resize", "{\"maxBrowsers\": 3}");
        assertThat(pool.status().limit().maxBrowsers()).isEqualTo(3);

        SlotLease old = pool.acquire(SlotRequest.of("old", OperationType.PRD));
        JsonNode cleanedUp =
                json(caller.post(API + "/cleanup", "{\"staleAfterSeconds\": 0, \"forgetAfterSeconds\": 3600}"));
        assertThat(cleanedUp.at("/stopped/0").asText()).isEqualTo("old");
        assertThat(cleanedUp.at("/forgotten").asInt()).isZero();
        await().until(() -> !old.isValid());
    }

    @Test
    void aPersonTakesAProfileAndGivesItBackAndAllOfItIsInItsHistory() throws InterruptedException {
        String checkOut = "{\"profileId\": \"anna\", \"who\": \"rita\", \"why\": \"a code\", \"seconds\": 60}";
        assertThat(json(caller.post(API + "/check-out", checkOut)).at("/who").asText())
                .isEqualTo("rita");
        assertThat(json(caller.get(API + "/profiles")).at("/0/status").asText()).isEqualTo("CHECKED_OUT");
        assertProblem(
                caller.post(API + "/check-out", checkOut.replace("rita", "otto")), 409, "profile-conflict", "rita");
        assertProblem(
                caller.post(API + "/check-in", "{\"profileId\": \"anna\", \"who\": \"otto\", \"note\": \"x\"}"),
                404,
                "not-found",
                "otto does not have profile anna");
        caller.post(API + "/check-in", "{\"profileId\": \"anna\", \"who\": \"rita\", \"note\": \"done\"}");
        caller.post(API + "/quarantine", "{\"profileId\": \"anna\", \"who\": \"rita\", \"why\": \"odd mails\"}");
        assertThat(json(caller.get(API + "/profiles/anna")).at("/blocks/0/why").asText())
                .isEqualTo("odd mails");
        caller.post(API + "/clear", "{\"profileId\": \"anna\", \"who\": \"rita\", \"note\": \"it was me\"}");

        JsonNode history = json(caller.get(API + "/profiles/anna/history"));
        assertThat(history.findValuesAsText("kind"))
                .containsExactly("CLEARED", "QUARANTINED", "CHECKED_IN", "CHECKED_OUT");
    }

    @Test
    void aConflictIsListedWithBothSides() throws InterruptedException {
        caller.post(API + "/resize", "{\"maxBrowsers\": 2}");
        try (SlotLease lease = pool.acquire(agent("task_1", "anna"))) {
            pool.acquireAsync(agent("task_2", "anna"));
            await().until(() -> json(caller.get(API + "/conflicts")).size() == 1);
            JsonNode conflict = json(caller.get(API + "/conflicts")).get(0);

            assertThat(conflict.at("/blocked/requestId").asText()).isEqualTo("task_2");
            assertThat(conflict.at("/current/requestId").asText()).isEqualTo(lease.requestId());
            assertThat(conflict.at("/decision").asText()).isEqualTo("wait");
            assertThat(conflict.at("/detectedBy").asText()).isEqualTo("ledger");
        }
    }

    @Test
    void pressureSaysThatItIsFullAndHowLongThatMayTake() throws InterruptedException {
        assertThat(caller.get(API + "/pressure").statusCode()).isEqualTo(200);
        pool.acquire(SlotRequest.of("before", OperationType.PRD)).close();
        try (SlotLease lease = pool.acquire(SlotRequest.of("holder", OperationType.PRD))) {
            HttpResponse<String> pressure = caller.get(API + "/pressure");

            assertProblem(pressure, 503, "no-browser-now", "1 of 1 slots are in use");
            assertThat(pressure.headers().firstValue("Retry-After")).isPresent();
            assertThat(json(pressure).at("/available").asBoolean(true)).isFalse();
            assertThat(json(pressure).at("/reasons/0/kind").asText()).isEqualTo("full");
            assertThat(json(pressure).at("/estimatedWaitMillis").isNumber()).isTrue();
            assertThat(lease.isValid()).isTrue();
        }
    }

    @Test
    void aFullLineIsTooManyRequestsWithATimeToComeAgain() throws InterruptedException {
        try (SlotLease lease = pool.acquire(SlotRequest.of("holder", OperationType.PRD))) {
            waitingFor("one");
            waitingFor("two");
            QueueFullException full = catchThrowableOfType(
                    QueueFullException.class, () -> pool.acquire(SlotRequest.of("three", OperationType.PRD)));
            Problem problem = new PoolProblems(pool).of(full);

            assertThat(problem.status()).isEqualTo(429);
            assertThat(problem.retryAfter()).isPresent();
            assertThat(problem.facts()).containsEntry("waiting", 2).containsEntry("maximum", 2);
            assertThat(Wire.write(problem)).contains("\"type\":\"urn:browser-pool:problem:line-full\"");
            assertThat(lease.isValid()).isTrue();
        }
    }

    @Test
    void aLoadTestIsAConflictForNewcomersUntilItIsOverOrEndedByAPerson() throws InterruptedException {
        caller.post(API + "/load-test/lock", "{\"runId\": \"k6-42\", \"seconds\": 600}");
        assertThat(json(caller.get(API + "/status")).at("/loadTest/runId").asText())
                .isEqualTo("k6-42");
        assertThat(json(caller.get(API + "/pressure")).at("/reasons/0/kind").asText())
                .isEqualTo("load_test");
        LoadTestInProgressException refusal = catchThrowableOfType(
                LoadTestInProgressException.class, () -> pool.acquire(SlotRequest.of("late", OperationType.PRD)));
        Problem problem = new PoolProblems(pool).of(refusal);
        assertThat(problem.status()).isEqualTo(409);
        assertThat(problem.code()).isEqualTo("load-test");
        assertThat(problem.facts()).containsKey("loadTest");

        String other = "{\"runId\": \"gatling\", \"seconds\": 600}";
        assertProblem(caller.post(API + "/load-test/lock", other), 409, "load-test", "k6-42");
        caller.post(API + "/load-test/unlock", "{\"who\": \"rita\", \"why\": \"it hangs\"}");
        assertThat(pool.loadTestLock().current()).isEmpty();
        assertThat(caller.get(API + "/pressure").statusCode()).isEqualTo(200);
    }

    @Test
    void aHostWithoutRoomIsUnderPressureAndAServiceThatIsUnavailable() throws InterruptedException {
        AdmissionGate busy = request -> Optional.of(new AdmissionGate.Objection(
                "this host uses 97 % of its processor time", "at most 90 %", "try again later", true));
        try (BrowserPool full = InMemoryBrowserPool.create(
                        PoolConfig.builder().gate(busy).build());
                PoolDashboard other = PoolDashboard.open(full, DashboardOptions.defaults())) {
            JsonNode pressure = json(new Caller(other).get(API + "/pressure"));
            assertThat(pressure.at("/reasons/0/kind").asText()).isEqualTo("cpu");
            assertThat(pressure.at("/available").asBoolean()).isFalse();
            HostOverloadedException refusal = catchThrowableOfType(
                    HostOverloadedException.class, () -> full.acquire(SlotRequest.of(OperationType.PRD)));
            assertThat(new PoolProblems(full).of(refusal).status()).isEqualTo(503);
            assertThat(new PoolProblems(full).of(refusal).retryAfter()).isPresent();
        }
    }

    @Test
    void aClosedPoolIsAServiceThatIsUnavailable() {
        pool.close();
        PoolClosedException closed = catchThrowableOfType(
                PoolClosedException.class, () -> pool.tryAcquire(SlotRequest.of("late", OperationType.PRD)));

        assertThat(new PoolProblems(pool).of(closed).status()).isEqualTo(503);
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code, String detail) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
        JsonNode problem = json(response);
        assertThat(problem.at("/code").asText()).isEqualTo(code);
        assertThat(problem.at("/status").asInt()).isEqualTo(status);
        assertThat(problem.at("/detail").asText()).contains(detail);
        assertThat(problem.at("/title").asText()).isNotBlank();
    }
}
