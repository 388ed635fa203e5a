package dev.browserpool.examples.dashboard;

import static dev.browserpool.examples.dashboard.Caller.API;
import static dev.browserpool.examples.dashboard.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence is found by its run, and nothing else is. */
class EvidenceShelfTest {
    private static final String SECRET = "nobody must read this";

    @TempDir
    private Path directory;

    private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
    private PoolDashboard dashboard;
    private Caller caller;
    private Path run;

    @BeforeEach
    void open() throws IOException {
        Path root = Files.createDirectory(directory.resolve("evidence"));
        Files.writeString(directory.resolve("secret.txt"), SECRET);
        Files.createDirectory(directory.resolve("outside"));
        Files.writeString(directory.resolve("outside/secret.txt"), SECRET);
        run = Files.createDirectories(root.resolve("anna/20260102-030405-task_1-77"));
        Files.writeString(run.resolve("manifest.json"), "{\"cause\": \"CODE\"}");
        Files.writeString(run.resolve("dom.html"), "<script>alert(1)</script>");
        Files.writeString(run.resolve("page.svg"), "<svg onload='alert(1)'/>");
        Files.createSymbolicLink(run.resolve("link.txt"), directory.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("linked"), directory.resolve("outside"));
        Files.createSymbolicLink(root.resolve("anna/linked"), directory.resolve("outside"));
        Files.writeString(root.resolve("top.txt"), SECRET);
        dashboard = PoolDashboard.open(pool, DashboardOptions.defaults().withEvidence(root));
        caller = new Caller(dashboard);
    }

    @AfterEach
    void close() {
        dashboard.close();
        pool.close();
    }

    @Test
    void theContentsAreTheManifestAndTheFilesWithoutLinks() {
        JsonNode contents = json(caller.get(API + "/evidence/anna/" + run.getFileName()));

        assertThat(contents.at("/manifest/cause").asText()).isEqualTo("CODE");
        assertThat(contents.at("/files").findValuesAsText("name"))
                .containsExactly("dom.html", "manifest.json", "page.svg");
    }

    @Test
    void aSavedDocumentIsTextInASandboxAndAStrangeFileADownload() {
        HttpResponse<String> dom = caller.get(API + "/evidence/anna/" + run.getFileName() + "/dom.html");
        assertThat(dom.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(dom.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .startsWith("sandbox; default-src 'none'");
        assertThat(dom.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        HttpResponse<String> picture = caller.get(API + "/evidence/anna/" + run.getFileName() + "/page.svg");
        assertThat(picture.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(picture.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment");
    }

    @Test
    void whatLeadsOutOfTheDirectoryLeadsNowhere() throws IOException {
        List<String> ways = List.of(
                "/evidence/anna/RUN/link.txt",
                "/evidence/anna/linked/secret.txt",
                "/evidence/linked/x/secret.txt",
                "/evidence/anna/../../secret.txt",
                "/evidence/anna/RUN/../../../../secret.txt",
                "/evidence/anna/%2e%2e/secret.txt",
                "/evidence/anna/RUN/..%2f..%2f..%2fsecret.txt",
                "/evidence/anna/RUN/%2e%2e%2f%2e%2e%2f%2e%2e%2fsecret.txt",
                "/evidence/..;/..;/secret.txt",
                "/evidence/anna/RUN/..%5c..%5csecret.txt",
                "/evidence/anna/RUN/manifest.json%00.txt",
                "/evidence//etc/passwd",
                "/evidence/anna/top.txt",
                "/evidence/./top.txt/x");
        for (String way : ways) {
            String path = way.replace("RUN", run.getFileName().toString());
            String answer = caller.raw("GET " + API + path, Map.of("Host", "localhost"));

            assertThat(answer).as(way).matches("(?s)HTTP/1\\.1 4\\d\\d .*").doesNotContain(SECRET, "root:");
        }
    }

    @Test
    void aRunIsLinkedToItsEvidenceAndAnotherIsNot() throws IOException, InterruptedException {
        SlotRequest request = SlotRequest.builder("task_2", OperationType.AGENT)
                .profile(ProfileClaim.exclusive("anna"))
                .build();
        try (SlotLease lease = pool.acquire(request)) {
            Path evidence = Files.createDirectory(run.resolveSibling("20260102-030405-task_2-" + lease.token()));
            Files.write(evidence.resolve("screenshot.png"), new byte[] {1});
        }
        pool.acquire(SlotRequest.of("task_3", OperationType.AGENT)).close();
        JsonNode recent = json(caller.get(API + "/recent"));

        assertThat(recent.at("/0/evidence").isMissingNode()).isTrue();
        assertThat(recent.at("/1/evidence/screenshot").asText()).endsWith("/screenshot.png");
        assertThat(caller.get(recent.at("/1/evidence/screenshot").asText())
                        .headers()
                        .firstValue("Content-Type"))
                .contains("image/png");
    }

    @Test
    void aBrokenManifestBreaksNothing() throws IOException {
        Files.writeString(run.resolve("manifest.json"), "{\"cause\": \"CODE\"}, \"files\": []}");

        assertThat(json(caller.get(API + "/evidence/anna/" + run.getFileName())).at("/manifest"))
                .isEmpty();
    }
}
