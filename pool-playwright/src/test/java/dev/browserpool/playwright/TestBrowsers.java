package dev.browserpool.playwright;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The browsers of this machine. */
final class TestBrowsers {
    private TestBrowsers() {}

    static Path chromium() {
        return BrowserFinder.ofThisMachine().find(Optional.empty());
    }

    /** What Playwright starts without a window, which has no lock of its own; {@code scripts/ensure-browser --headless-shell} brings it. */
    static Optional<Path> headlessShell() {
        return Stream.of(
                        Optional.ofNullable(System.getenv("BROWSER_POOL_HEADLESS_SHELL"))
                                .orElse(""),
                        "/usr/lib/chromium/chromium-headless-shell",
                        "/usr/lib/chromium/headless_shell")
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** One that knows VP8, of this machine's. */
    static Optional<Path> ffmpeg() {
        Stream<String> named = Stream.ofNullable(System.getenv("BROWSER_POOL_FFMPEG"));
        Stream<String> onPath = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(directory -> directory + "/ffmpeg");
        return Stream.concat(named, onPath)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What Playwright itself would find, by the beginning of its name. */
    static Optional<Path> inPlaywrightsInstall(String name) {
        String install = System.getenv()
                .getOrDefault("PLAYWRIGHT_BROWSERS_PATH", System.getProperty("user.home") + "/.cache/ms-playwright");
        try (Stream<Path> all = Files.list(Path.of(install))) {
            return all.filter(entry -> entry.getFileName().toString().startsWith(name + "-"))
                    .findFirst();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** By name, for tests that say so of both. */
    static Stream<Map.Entry<String, Path>> all() {
        return Stream.concat(
                Stream.of(Map.entry("Chromium", chromium())),
                headlessShell().map(shell -> Map.entry("headless shell", shell)).stream());
    }
}
