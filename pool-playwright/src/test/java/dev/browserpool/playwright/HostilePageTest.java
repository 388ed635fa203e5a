package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.contract.LogCapture;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A page that wants more than to be shown. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class HostilePageTest {
    @TempDir
    Path directory;

    private final List<SessionReport> reports = new ArrayList<>();

    private void fail(TestSite site, SessionFunction<Void, Exception> then) {
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1))) {
            BrowserSessions browsers = BrowserSessions.builder(pool)
                    .evidence(directory.resolve("evidence"))
                    .evidenceOf(EnumSet.complementOf(EnumSet.of(EvidencePart.VIDEO, EvidencePart.TRACE)))
                    .onClosed(reports::add)
                    .build();
            assertThatThrownBy(() -> browsers.call(Requests.ephemeral("hostile"), session -> {
                        session.page().navigate(site.url("/hostile"));
                        session.page().waitForFunction("() => window.read !== 'nothing'");
                        return then.apply(session);
                    }))
                    .isNotNull();
        }
    }

    @Test
    void whatAPageSaysIsDataInTheEvidence() throws Exception {
        try (TestSite site = new TestSite()) {
            fail(site, session -> {
                throw new IllegalStateException("seen");
            });
        }

        Path evidence = reports.get(0).evidence().orElseThrow();
        JsonObject page = json(evidence.resolve("page.json"));
        assertThat(page.get("title").getAsString())
                .contains("</script><img src=x onerror=alert(1)> ../../etc")
                .contains("\"}");
        assertThat(json(evidence.resolve("manifest.json")).get("outcome").getAsString())
                .isEqualTo("FAILED");
        assertThat(filesBelow(directory.resolve("evidence")))
                .allSatisfy(file -> assertThat(file.toRealPath()).startsWith(evidence.toRealPath()))
                .allSatisfy(file -> assertThat(file.getFileName().toString()).matches("[a-z]+\\.[a-z]+"));
    }

    @Test
    void noPageWritesALineOfTheLog() throws Exception {
        try (TestSite site = new TestSite();
                LogCapture log = LogCapture.from(Level.DEBUG)) {
            fail(site, session -> {
                session.page().evaluate("() => { throw new Error('one\\n12:00:00.000 ERROR FORGED \\u001b[2J') }");
                return null;
            });
            assertThat(log.linesWith("\u001b")).isEmpty();
            assertThat(log.linesWith("\n12:00:00.000 ERROR FORGED")).isEmpty();
        }
    }

    @Test
    void aPageReadsNoFileOfTheHost() throws Exception {
        List<Object> read = new ArrayList<>();
        try (TestSite site = new TestSite()) {
            fail(site, session -> {
                read.add(session.page().evaluate("() => window.read"));
                read.add(session.page().frames().stream()
                        .map(frame -> frame.url())
                        .toList()
                        .toString());
                throw new IllegalStateException("seen");
            });
        }

        assertThat(read.get(0)).isEqualTo("refused");
        assertThat(read.get(1).toString()).doesNotContain("file:");
    }

    private static JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    private static List<Path> filesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
