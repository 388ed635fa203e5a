package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traced sessions in a browser that lives on. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class TracedWarmTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void leaveATraceEachAndNothingInTheBrowsersDirectory(int sessionsPerBrowser, @TempDir Path directory)
            throws Exception {
        try (TestSite site = new TestSite();
                BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
                BrowserSessions browsers = BrowserSessions.builder(pool)
                        .reuse(ReusePolicy.sharedBrowser(sessionsPerBrowser))
                        .evidence(directory)
                        .evidenceOf(EnumSet.of(EvidencePart.TRACE))
                        .build()) {
            for (String id : List.of("first", "second", "third")) {
                try (BrowserSession session = browsers.open(Requests.ephemeral(id))) {
                    session.page().navigate(site.url("/remember?who=" + id));
                    if (id.equals("second")) {
                        session.complete();
                    }
                }
                await().until(() -> WarmBrowsers.of(pool).idle() == 1);
                assertThat(filesUnder("traces")).isEmpty();
            }

            assertThat(Machine.browsers()).hasSize(1);
            List<Path> traces = files(directory, "trace.zip");
            assertThat(traces).hasSize(2);
            for (Path trace : traces) {
                try (ZipFile zip = new ZipFile(trace.toFile())) {
                    assertThat(zip.stream())
                            .anyMatch(entry -> entry.getName().endsWith(".network") && entry.getSize() > 0);
                }
            }
        }
    }

    private static List<Path> filesUnder(String folder) throws IOException {
        return Machine.temporaryDirectories().stream()
                .filter(Machine::isOurs)
                .map(own -> own.resolve(folder))
                .filter(Files::exists)
                .flatMap(own -> files(own, "").stream())
                .toList();
    }

    private static List<Path> files(Path directory, String ending) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
