package dev.browserpool.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.browserpool.AdmissionGate;
import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserPoolException;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the callers of an application hear that takes browsers from the pool in its own routes. */
class PoolProblemsTest {
    private final AtomicBoolean isBusy = new AtomicBoolean();
    private final AdmissionGate gate = request -> Optional.of(new AdmissionGate.Objection(
                    "this host uses 97 % of its memory", "at most 90 %", "try again later", true))
            .filter(objection -> isBusy.get());
    private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.builder()
            .maxBrowsers(1)
            .maxQueued(1)
            .gate(gate)
            .closeGrace(Duration.ofMillis(1))
            .build());
    private Javalin application;

    @BeforeEach
    void open() {
        PoolProblems problems = new PoolProblems(pool);
        application = Javalin.start(config -> {
            config.jetty.host = "127.0.0.1";
            config.jetty.port = 0;
            config.startup.showJavalinBanner = false;
            config.routes.get("/work", this::work);
            config.routes.exception(
                    BrowserPoolException.class, (e, context) -> problems.of(e).send(context));
        });
    }

    private void work(Context context) throws InterruptedException {
        try (SlotLease lease = pool.acquire(SlotRequest.builder("work", OperationType.PRD)
                .timeout(Duration.ofMillis(1))
                .build())) {
            context.result("token " + lease.token());
        }
    }

    @AfterEach
    void close() {
        application.stop();
        pool.close();
    }

    @Test
    void aFullLineIsTooManyRequestsAndComeAgainAfterTheEstimatedWait() throws Exception {
        assertThat(ask().statusCode()).isEqualTo(200);
        try (SlotLease holder = pool.acquire(SlotRequest.of("holder", OperationType.PRD))) {
            pool.acquireAsync(SlotRequest.of("waiter", OperationType.PRD));
            await().until(() -> pool.status().load().waiting() == 1);
            HttpResponse<String> answer = ask();

            JsonNode problem = problem(answer, 429, "line-full");
            assertThat(problem.at("/waiting").asInt()).isEqualTo(1);
            assertThat(problem.at("/maximum").asInt()).isEqualTo(1);
            long estimate =
                    pool.status().estimatedWait().orElseThrow().plusMillis(999).toSeconds();
            assertThat(answer.headers().firstValueAsLong("Retry-After")).hasValue(Math.max(1, estimate));
            assertThat(holder.isValid()).isTrue();
        }
    }

    @Test
    void noSlotInTimeIsUnavailableWithItsPlaceInLine() throws Exception {
        try (SlotLease holder = pool.acquire(SlotRequest.of("holder", OperationType.PRD))) {
            HttpResponse<String> answer = ask();

            assertThat(problem(answer, 503, "no-slot-in-time").at("/position").asInt())
                    .isEqualTo(1);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(holder.isValid()).isTrue();
        }
    }

    @Test
    void aLoadTestIsAConflictThatNamesIt() throws Exception {
        pool.loadTestLock().acquireFor("k6-42", Duration.ofMinutes(1));

        assertThat(problem(ask(), 409, "load-test").at("/loadTest/runId").asText())
                .isEqualTo("k6-42");
    }

    @Test
    void aHostWithoutRoomIsUnavailableForAWhile() throws Exception {
        isBusy.set(true);
        HttpResponse<String> answer = ask();

        assertThat(problem(answer, 503, "host-overloaded").at("/detail").asText())
                .contains("97 % of its memory");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    private HttpResponse<String> ask() throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + application.port() + "/work");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode problem(HttpResponse<String> answer, int status, String code) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.at("/code").asText()).isEqualTo(code);
        assertThat(problem.at("/type").asText()).endsWith(code);
        assertThat(problem.at("/status").asInt()).isEqualTo(status);
        return problem;
    }
}
