package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.PoolEvent;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("browser")
@ExtendWith(NothingLeft.class)
class FailedSessionTest {
    @TempDir
    Path directory;

    private final List<SessionReport> reports = new CopyOnWriteArrayList<>();
    private final TestSite site = new TestSite();
    private BrowserPool pool;
    private BrowserSessions browsers;

    @BeforeEach
    void open() {
        pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
        browsers = BrowserSessions.builder(pool)
                .profiles(directory.resolve("profiles"))
                .evidence(directory.resolve("evidence"))
                .onClosed(reports::add)
                .build();
    }

    @AfterEach
    void close() {
        pool.close();
        site.close();
    }

    /** What the pool's listener saw when the request had ended: by then everything else must have happened. */
    private record Moment(boolean evidence, int browsers, int drivers) {}

    @Test
    void leavesEvidenceThenClosesItsBrowserThenFreesProfileAndSlot() throws Exception {
        List<Moment> ended = new CopyOnWriteArrayList<>();
        List<Moment> releasing = new CopyOnWriteArrayList<>();
        pool.addListener(event -> {
            if (event instanceof PoolEvent.Ended) {
                ended.add(moment());
            }
        });

        assertThatThrownBy(() -> browsers.call(Requests.onProfile("task", "shop"), session -> {
                    session.page().navigate(site.url("/hello"));
                    releasing.add(moment());
                    throw new IllegalArgumentException("on purpose");
                }))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("on purpose");

        await().until(() -> !ended.isEmpty());
        assertThat(releasing).containsExactly(new Moment(false, 1, 1));
        assertThat(ended).containsExactly(new Moment(true, 0, 0));
        assertThat(pool.slot("task").orElseThrow().state()).isEqualTo(SlotState.FAILED);
        assertThat(pool.profiles().all()).isEmpty();
    }

    private Moment moment() {
        return new Moment(
                evidenceDirectories().size() == 1,
                Machine.browsers().size(),
                Machine.drivers().size());
    }

    @Test
    void evidenceTellsWhatThePageShowedAndWhoseItWas() throws Exception {
        assertThatThrownBy(() -> browsers.call(Requests.onProfile("task 7/a", "shop"), session -> {
                    session.note("cart", "3 items");
                    session.checkpoint("logged in");
                    session.page().navigate(site.url("/trouble?password=s3cret&page=2"));
                    session.page()
                            .waitForCondition(() -> !session.page().pageErrors().isEmpty());
                    throw new IllegalStateException("see " + site.url("/trouble?password=s3cret"));
                }))
                .isInstanceOf(IllegalStateException.class);

        Path evidence = reports.get(0).evidence().orElseThrow();
        assertThat(evidenceDirectories()).containsExactly(evidence);
        assertThat(evidence.getParent().getFileName()).hasToString("shop");
        assertThat(evidence.getFileName().toString()).matches("\\d{8}-\\d{6}-task_7_a-\\d+");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(evidence)))
                .isEqualTo("rwx------");
        assertThat(evidence.resolve("screenshot.png")).isNotEmptyFile();
        assertThat(evidence.resolve("console.txt")).content().contains("asked for http://example.test/?token=***");
        assertThat(evidence.resolve("errors.txt")).content().contains("broken on purpose");
        JsonObject page = json(evidence.resolve("page.json"));
        assertThat(page.get("title").getAsString()).isEqualTo("trouble");
        assertThat(page.get("url").getAsString()).endsWith("/trouble?password=***&page=***");
        JsonObject manifest = json(evidence.resolve("manifest.json"));
        assertThat(manifest.getAsJsonObject("session").get("requestId").getAsString())
                .isEqualTo("task 7/a");
        assertThat(manifest.get("outcome").getAsString()).isEqualTo("FAILED");
        assertThat(manifest.getAsJsonObject("failure").get("message").getAsString())
                .endsWith("/trouble?password=***");
        assertThat(manifest.getAsJsonObject("notes").get("cart").getAsString()).isEqualTo("3 items");
        assertThat(manifest.getAsJsonArray("checkpoints")).hasSize(1);
        assertThat(steps(manifest))
                .containsOnlyKeys("url", "console", "errors", "requests", "cookies", "title", "page", "screenshot")
                .doesNotContainValue(false);
        assertThat(allText(evidence)).doesNotContain("s3cret");
    }

    @Test
    void aClosedSessionWithoutVerdictLeavesEvidenceToo() throws Exception {
        BrowserSession session = browsers.open(Requests.ephemeral("no-verdict"));
        session.page().navigate(site.url("/hello"));
        session.close();

        assertThat(session.evidence().orElseThrow().getParent().getFileName()).hasToString("ephemeral");
        assertThat(reports.get(0).outcome()).isEqualTo(SlotState.RELEASED);
    }

    @Test
    void aCompletedSessionLeavesNone() throws Exception {
        browsers.call(Requests.ephemeral("fine"), session -> session.page().navigate(site.url("/hello")));

        assertThat(evidenceDirectories()).isEmpty();
        assertThat(reports.get(0).outcome()).isEqualTo(SlotState.COMPLETED);
        assertThat(reports.get(0).killed()).isFalse();
    }

    @Test
    void evidenceThatCanNotBeSavedKeepsNothingFromBeingClosed() throws Exception {
        Files.writeString(directory.resolve("evidence"), "a file where the directory should be");

        assertThatThrownBy(() -> browsers.call(Requests.onProfile("task", "shop"), session -> {
                    throw new IOException("on purpose");
                }))
                .isExactlyInstanceOf(IOException.class);

        assertThat(reports.get(0).evidence()).isEmpty();
        assertThat(pool.profiles().all()).isEmpty();
    }

    private List<Path> evidenceDirectories() {
        Path root = directory.resolve("evidence");
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.find(root, 2, (path, type) -> type.isDirectory())) {
            return all.filter(path -> root.relativize(path).getNameCount() == 2)
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    private static Map<String, Boolean> steps(JsonObject manifest) {
        Map<String, Boolean> steps = new TreeMap<>();
        for (JsonElement step : manifest.getAsJsonArray("steps")) {
            steps.put(
                    step.getAsJsonObject().get("step").getAsString(),
                    step.getAsJsonObject().get("saved").getAsBoolean());
        }
        return steps;
    }

    private static String allText(Path evidence) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String file : List.of("page.json", "console.txt", "errors.txt", "manifest.json")) {
            text.append(Files.readString(evidence.resolve(file)));
        }
        return text.toString();
    }
}
