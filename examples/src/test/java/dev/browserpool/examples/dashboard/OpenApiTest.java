package dev.browserpool.examples.dashboard;

import static dev.browserpool.examples.dashboard.Caller.API;
import static dev.browserpool.examples.dashboard.Caller.json;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description and the server say the same: every route is described, every answer that is described is given, and fits. */
class OpenApiTest {
    private static final String TOKEN = "a-token-of-some-length";
    private static final String ID = "\"requestId\": ";
    private static final String PROFILE = "{\"profileId\": \"anna\", \"who\": \"rita\", ";

    @TempDir
    private Path evidence;

    private final BrowserPool pool = InMemoryBrowserPool.create(
            PoolConfig.builder().maxBrowsers(2).closeGrace(Duration.ofMillis(1)).build());
    private final Set<String> given = new TreeSet<>();
    private PoolDashboard dashboard;
    private Caller caller;
    private JsonNode description;

    @BeforeEach
    void open() throws IOException {
        Path run = Files.createDirectories(evidence.resolve("anna/20260102-030405-task_1-77"));
        Files.writeString(run.resolve("manifest.json"), "{\"cause\": \"CODE\"}");
        dashboard = PoolDashboard.open(pool, DashboardOptions.defaults().withEvidence(evidence));
        caller = new Caller(dashboard);
        description = json(caller.get(API + "/openapi.json"));
    }

    @AfterEach
    void close() {
        dashboard.close();
        pool.close();
    }

    @Test
    void everyRouteOfTheApiIsDescribedAndNoOther() {
        Set<String> served = dashboard.server().unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint.method + " " + handler.endpoint.path)
                .filter(route -> route.contains(" " + API + "/"))
                .collect(toCollection(TreeSet::new));

        assertThat(operations().map(OpenApiTest::route))
                .hasSizeGreaterThan(20)
                .containsExactlyInAnyOrderElementsOf(served);
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryNameIsThereOnce() {
        assertThat(description.findValuesAsText("$ref"))
                .allSatisfy(ref -> assertThat(description.at(ref.substring(1)).isMissingNode())
                        .isFalse());
        assertThat(description.at("/paths").findValuesAsText("operationId")).doesNotHaveDuplicates();
    }

    @Test
    void everyAnswerThatIsDescribedIsGivenAndFits() throws Exception {
        goodAnswers();
        refusals();
        withoutToken();
        withTooManyWrongTokens();
        tooLong();
        underAnotherName();

        Set<String> described = operations()
                .flatMap(operation ->
                        names(description.at(operation + "/responses")).map(status -> route(operation) + " " + status))
                // These have tests of their own: a store that is away, too many viewers, a body that comes too slowly.
                .filter(answer -> !answer.endsWith(" 503") || answer.contains("/pressure "))
                .filter(answer -> !answer.endsWith(" 408"))
                .collect(toCollection(TreeSet::new));
        assertThat(given).containsAll(described);
    }

    private void goodAnswers() throws IOException, InterruptedException {
        assertFits("get", "/openapi.json", caller.get(API + "/openapi.json"));
        assertFits("get", "/pressure", caller.get(API + "/pressure"));
        SlotLease holder = pool.acquire(SlotRequest.builder("holder", OperationType.AGENT)
                .profile(ProfileClaim.exclusive("otto"))
                .workerId("worker-1")
                .description("carts")
                .label("team", "shop")
                .build());
        SlotLease other = pool.acquire(SlotRequest.of("other", OperationType.PRD));
        SlotLease child = holder.child("child", OperationType.BROWSER_AUTH);
        for (String waiter : new String[] {"one", "two"}) {
            pool.acquireAsync(SlotRequest.builder(waiter, OperationType.AGENT)
                    .profile(ProfileClaim.exclusive("otto"))
                    .build());
        }
        await().until(() -> json(caller.get(API + "/conflicts")).size() == 2);
        for (String path : new String[] {"/status", "/conflicts", "/line", "/profiles", "/load", "/pressure"}) {
            assertFits("get", path, caller.get(API + path));
        }
        assertFits("post", "/cancel", post("/cancel", "{" + ID + "\"one\"}"));
        child.complete();
        other.fail(new IllegalStateException("broken"));
        assertFits("get", "/recent", caller.get(API + "/recent"));
        assertFits("get", "/request", caller.get(API + "/request?id=holder"));
        assertFits("post", "/revoke", post("/revoke", "{" + ID + "\"holder\", \"reason\": \"it hangs\"}"));
        holder.close();
        assertFits("get", "/profiles/{id}/history", caller.get(API + "/profiles/otto/history"));
        profiles();
        assertFits("post", "/pause", post("/pause", "{\"reason\": \"x\"}"));
        assertFits("get", "/status", caller.get(API + "/status"));
        assertFits("post", "/resume", post("/resume", ""));
        String lock = "{\"runId\": \"k6\", \"seconds\": 60}";
        assertFits("post", "/load-test/lock", post("/load-test/lock", lock));
        assertFits("get", "/status", caller.get(API + "/status"));
        assertFits("get", "/pressure", caller.get(API + "/pressure"));
        assertFits("post", "/load-test/lock", post("/load-test/lock", lock.replace("k6", "gatling")));
        assertFits("post", "/load-test/unlock", post("/load-test/unlock", "{\"runId\": \"gatling\"}"));
        assertFits("post", "/load-test/unlock", post("/load-test/unlock", "{\"runId\": \"k6\"}"));
        assertFits("post", "/resize", post("/resize", "{\"maxBrowsers\": 3}"));
        assertFits("post", "/cleanup", post("/cleanup", "{\"staleAfterSeconds\": 9, \"forgetAfterSeconds\": 9}"));
        String run = "/evidence/anna/20260102-030405-task_1-77";
        assertFits("get", "/evidence/{group}/{run}", caller.get(API + run));
        assertFits("get", "/evidence/{group}/{run}/{file}", caller.get(API + run + "/manifest.json"));
        try (InputStream events = caller.open(API + "/events").body()) {
            assertThat(events.read()).isEqualTo(':');
            given.add("GET " + API + "/events 200");
        }
    }

    private void profiles() {
        assertFits("post", "/check-out", post("/check-out", PROFILE + "\"why\": \"x\", \"seconds\": 60}"));
        assertFits("get", "/profiles/{id}", caller.get(API + "/profiles/anna"));
        String byOther = PROFILE.replace("rita", "otto");
        assertFits("post", "/check-out", post("/check-out", byOther + "\"why\": \"x\", \"seconds\": 60}"));
        assertFits("post", "/check-in", post("/check-in", byOther + "\"note\": \"x\"}"));
        assertFits("post", "/check-in", post("/check-in", PROFILE + "\"note\": \"x\"}"));
        assertFits("post", "/clear", post("/clear", PROFILE + "\"note\": \"x\"}"));
        assertFits("post", "/quarantine", post("/quarantine", PROFILE + "\"why\": \"x\"}"));
        assertFits("post", "/clear", post("/clear", PROFILE + "\"note\": \"x\"}"));
    }

    private void refusals() {
        for (String path :
                new String[] {"/recent?limit=0", "/line?limit=x", "/profiles/a%20b", "/profiles/a%20b/history"}) {
            String route = path.replaceAll("\\?.*", "").replace("a%20b", "{id}");
            assertFits("get", route, caller.get(API + path));
        }
        for (String path : new String[] {"/request", "/evidence/x/y", "/evidence/x/y/z"}) {
            String route = path.replace("/x/y", "/{group}/{run}").replace("}/z", "}/{file}");
            assertFits("get", route, caller.get(API + path));
        }
        assertFits("post", "/cancel", post("/cancel", "{" + ID + "\"nobody\"}"));
        assertFits("post", "/revoke", post("/revoke", "{" + ID + "\"nobody\", \"reason\": \"x\"}"));
        operations().filter(operation -> operation.endsWith("/post")).forEach(operation -> {
            assertFits("post", path(operation), post(path(operation), "[]"));
            assertFits("post", path(operation), caller.postUnmarked(API + path(operation), "{}"));
        });
    }

    private void withoutToken() {
        try (PoolDashboard guarded =
                PoolDashboard.open(pool, DashboardOptions.defaults().withAddress("127.0.0.1", TOKEN))) {
            Caller stranger = new Caller(guarded);
            operations().forEach(operation -> {
                String path = API + path(operation).replaceAll("[{}]", "");
                boolean reads = operation.endsWith("/get");
                assertFits(
                        reads ? "get" : "post",
                        path(operation),
                        reads ? stranger.get(path) : stranger.post(path, "{}"));
            });
        }
    }

    private void withTooManyWrongTokens() {
        try (PoolDashboard guarded =
                PoolDashboard.open(pool, DashboardOptions.defaults().withAddress("127.0.0.1", TOKEN))) {
            Caller guesser = new Caller(guarded);
            String[] guess = {"Authorization", "Bearer guess"};
            for (int i = 0; i < Guesses.AT_ONCE; i++) {
                guesser.get(API + "/status", guess);
            }
            operations().forEach(operation -> {
                String path = API + path(operation).replaceAll("[{}]", "");
                boolean reads = operation.endsWith("/get");
                assertFits(
                        reads ? "get" : "post",
                        path(operation),
                        reads ? guesser.get(path, guess) : guesser.postUnmarked(path, "{}", guess));
            });
        }
    }

    private void tooLong() {
        operations()
                .filter(operation -> operation.endsWith("/post"))
                .forEach(operation -> assertFits("post", path(operation), post(path(operation), "x".repeat(20_000))));
    }

    private void underAnotherName() {
        operations().forEach(operation -> {
            String method = operation.endsWith("/get") ? "GET " : "POST ";
            try {
                String answer = caller.raw(
                        method + API + path(operation).replaceAll("[{}]", ""), Map.of("Host", "evil.example"));
                assertThat(answer).startsWith("HTTP/1.1 421").contains(Problem.MEDIA_TYPE);
                given.add(route(operation) + " 421");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private HttpResponse<String> post(String path, String body) {
        return caller.post(API + path, body);
    }

    private void assertFits(String method, String path, HttpResponse<String> answer) {
        String operation = "/paths/" + (API + path).replace("/", "~1") + "/" + method;
        String status = String.valueOf(answer.statusCode());
        JsonNode response = description.at(operation + "/responses/" + status);
        if (response.has("$ref")) {
            response = description.at(response.get("$ref").asText().substring(1));
        }
        assertThat(response.isMissingNode())
                .as("%s %s, described", route(operation), status)
                .isFalse();
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        JsonNode content = response.at("/content");
        JsonNode media = content.has(type) ? content.get(type) : content.at("/*~1*");
        assertThat(media.isMissingNode())
                .as("%s %s as %s", route(operation), status, type)
                .isFalse();
        ObjectNode schema = media.get("schema").deepCopy();
        schema.set("components", description.get("components"));
        assertThat(SchemaRegistry.withDialect(Dialects.getDraft202012())
                        .getSchema(schema)
                        .validate(json(answer)))
                .as("%s %s: %s", route(operation), status, answer.body())
                .isEmpty();
        given.add(route(operation) + " " + status);
    }

    /** As JSON pointers. */
    private Stream<String> operations() {
        return names(description.at("/paths"))
                .flatMap(path -> names(description.at("/paths").get(path))
                        .map(method -> "/paths/" + path.replace("/", "~1") + "/" + method));
    }

    private static String path(String operation) {
        return operation
                .substring("/paths/".length(), operation.lastIndexOf('/'))
                .replace("~1", "/")
                .substring(API.length());
    }

    private static String route(String operation) {
        return (operation.endsWith("/get") ? "GET " : "POST ") + API + path(operation);
    }

    private static Stream<String> names(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey);
    }
}
