package dev.browserpool.playwright;

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

    /** By name, for tests that say so of both. */
    static Stream<Map.Entry<String, Path>> all() {
        return Stream.concat(
                Stream.of(Map.entry("Chromium", chromium())),
                headlessShell().map(shell -> Map.entry("headless shell", shell)).stream());
    }
}
