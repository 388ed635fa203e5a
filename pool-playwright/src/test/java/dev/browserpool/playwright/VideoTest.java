package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Playwright;
import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Films of sessions. Playwright makes them with an ffmpeg that it looks for in its own install only; any that knows VP8 will do there. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class VideoTest {
    @TempDir
    Path directory;

    @Test
    void aFailedSessionLeavesItsFilm() throws Exception {
        Optional<Path> ffmpeg = TestBrowsers.ffmpeg();
        assumeTrue(ffmpeg.isPresent(), "no ffmpeg on the PATH, and none in BROWSER_POOL_FFMPEG");
        Path install = Files.createDirectories(directory.resolve("browsers/ffmpeg-" + revision()));
        Files.createSymbolicLink(install.resolve("ffmpeg-linux"), ffmpeg.get());

        Path evidence;
        try (OtherJvm jvm = OtherJvm.run(
                Map.of("PLAYWRIGHT_BROWSERS_PATH", directory.resolve("browsers").toString()),
                VideoTest.class,
                directory.resolve("evidence").toString())) {
            evidence = Path.of(jvm.nextLine());
        }

        assertThat(evidence.resolve("manifest.json")).content().doesNotContain("\"saved\": false");
        assertThat(Files.readAllBytes(evidence.resolve("video-1.webm")))
                .hasSizeGreaterThan(1_000)
                .startsWith(0x1A, 0x45, 0xDF, 0xA3);
    }

    /** Fails on a page that moves, and says where the evidence is. */
    public static void main(String[] arguments) throws Exception {
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1))) {
            BrowserSessions filmed = BrowserSessions.builder(pool)
                    .evidence(Path.of(arguments[0]))
                    .evidenceOf(EnumSet.of(EvidencePart.VIDEO))
                    .build();
            try (BrowserSession session = filmed.open(Requests.ephemeral("filmed"))) {
                session.page().setContent("<h1>0</h1>");
                session.page().evaluate("""
                        new Promise(done => { let frame = 0; const next = () => {
                          document.querySelector('h1').textContent = ++frame;
                          frame < 30 ? requestAnimationFrame(next) : done(); }; next(); })""");
                session.fail(new IllegalStateException("on purpose"));
                session.close();
                System.out.println(session.evidence().orElseThrow());
            }
        }
    }

    @Test
    void withoutAnFfmpegInPlaywrightsInstallItSaysSo() {
        assumeTrue(TestBrowsers.inPlaywrightsInstall("ffmpeg").isEmpty(), "Playwright has one here");
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1))) {
            BrowserSessions filmed = BrowserSessions.builder(pool)
                    .evidence(directory)
                    .evidenceOf(EnumSet.of(EvidencePart.VIDEO))
                    .build();

            assertThatThrownBy(() -> filmed.call(
                            Requests.ephemeral("filmed"),
                            session -> session.page().url()))
                    .hasMessageContaining("ffmpeg");
        }
    }

    /** Which ffmpeg this Playwright looks for. */
    private static String revision() throws IOException {
        try (InputStream known = Playwright.class.getResourceAsStream("/driver/package/browsers.json");
                Reader text = new InputStreamReader(known, StandardCharsets.UTF_8)) {
            for (JsonElement one :
                    JsonParser.parseReader(text).getAsJsonObject().getAsJsonArray("browsers")) {
                if (one.getAsJsonObject().get("name").getAsString().equals("ffmpeg")) {
                    return one.getAsJsonObject().get("revision").getAsString();
                }
            }
        }
        throw new IOException("Playwright's driver names no ffmpeg");
    }
}
