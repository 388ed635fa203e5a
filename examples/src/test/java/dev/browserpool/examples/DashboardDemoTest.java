package dev.browserpool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./demo --dashboard} and {@code ./demo --redis --dashboard} as their user sees them, who leaves with Ctrl-C. */
@Isolated("other tests here count the browsers of this JVM")
class DashboardDemoTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SAYS_WHERE = "Dashboard on ";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "--redis"})
    void thePageIsLiveUntilCtrlCWhichLeavesNothing(String store) throws Exception {
        assumeFalse(
                isInterruptIgnored(), "this build runs in the background and ignores Ctrl-C, and so would the demo");
        Path temporary = Files.createDirectory(directory.resolve("t"));
        Process demo = start(temporary, store);
        List<ProcessHandle> family = new ArrayList<>();
        try {
            URI page = page(demo);
            assertThat(get(page)).contains("<title>").contains("dashboard.js");
            assertThat(firstStatusWithABrowser(page).at("/limit/maxBrowsers").asInt())
                    .isEqualTo(1);
            demo.descendants().forEach(family::add);

            new ProcessBuilder("kill", "-INT", String.valueOf(demo.pid()))
                    .start()
                    .waitFor();

            assertThat(demo.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(demo.exitValue()).isEqualTo(130);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(family)
                            .filteredOn(ProcessHandle::isAlive)
                            .isEmpty());
            await().atMost(PATIENCE).untilAsserted(() -> {
                try (Stream<Path> left = Files.list(temporary)) {
                    assertThat(left).isEmpty();
                }
            });
            assertThat(Files.readString(directory.resolve("err"))).isEmpty();
        } finally {
            family.forEach(ProcessHandle::destroyForcibly);
            demo.destroyForcibly();
        }
    }

    private Process start(Path temporary, String store) throws IOException {
        Path tasks = Files.writeString(directory.resolve("tasks.json"), """
                {"accounts": [{"account_id": "amelia", "profile_id": "profile_amelia"}],
                "tasks": [{"task_id": "fill", "account_id": "amelia", "action": "add_to_cart", "items": ["tea"]},
                  {"task_id": "more", "account_id": "amelia", "action": "add_to_cart", "items": ["mug"]}]}
                """);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Demo.class.getName(),
                "--dashboard",
                "--slots=1",
                "--workers=2",
                "--tasks=" + tasks,
                "--evidence=" + directory.resolve("evidence"),
                "--profiles=" + directory.resolve("profiles"),
                "--log=" + directory.resolve("log.jsonl")));
        if (!store.isEmpty()) {
            command.add(store);
        }
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    private static URI page(Process demo) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(demo.getInputStream(), UTF_8));
        String line = out.readLine();
        while (line != null && !line.startsWith(SAYS_WHERE)) {
            line = out.readLine();
        }
        assertThat(line).as("the demo says where its dashboard is").isNotNull();
        return URI.create(line.substring(SAYS_WHERE.length()));
    }

    private static String get(URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }

    /** As the page hears it: without asking again. */
    private static JsonNode firstStatusWithABrowser(URI page) throws IOException, InterruptedException {
        ObjectMapper json = new ObjectMapper();
        URI events = page.resolve("/api/browser-pool/events?kinds=status");
        try (Stream<String> lines = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(events).build(), BodyHandlers.ofLines())
                .body()) {
            for (String line : (Iterable<String>) lines::iterator) {
                JsonNode status = line.startsWith("data: ") ? json.readTree(line.substring(6)) : json.nullNode();
                if (status.at("/load/running").asInt() > 0) {
                    return status;
                }
            }
        }
        throw new AssertionError("the events ended");
    }

    private static boolean isInterruptIgnored() throws IOException {
        return Files.isReadable(Path.of("/proc/self/status"))
                && Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line -> (Long.parseUnsignedLong(line.replaceAll(".*\\s", ""), 16) & 2) != 0);
    }
}
