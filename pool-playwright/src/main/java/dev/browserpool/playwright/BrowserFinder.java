package dev.browserpool.playwright;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a Chromium: an explicit path, {@code BROWSER_POOL_CHROMIUM}, Playwright's own install, a Chromium or Chrome on the
 * PATH. Downloads nothing.
 *
 * @param environment the environment variables
 * @param home the user's home directory
 */
record BrowserFinder(Map<String, String> environment, Path home) {
    static final String VARIABLE = "BROWSER_POOL_CHROMIUM";
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    static BrowserFinder ofThisMachine() {
        return new BrowserFinder(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /**
     * The executable itself, never a shell script around it where the two can be told apart: process ids would be the
     * script's.
     *
     * @throws BrowserNotFoundException if there is none, or the one that was named can't be run
     */
    Path find(Optional<Path> explicit) {
        Optional<Path> named = explicit.or(() -> variable(VARIABLE).map(Path::of));
        if (named.isPresent()) {
            return BrowserWrapper.unwrap(named.filter(BrowserFinder::runnable)
                    .orElseThrow(() -> new BrowserNotFoundException(
                            named.get() + " is not an executable file",
                            List.of(explicit.isPresent() ? "the given executable" : VARIABLE))));
        }
        return ownInstall()
                .or(this::onPath)
                .map(BrowserWrapper::unwrap)
                .orElseThrow(() -> new BrowserNotFoundException(
                        "found no browser",
                        List.of(
                                VARIABLE + " (not set)",
                                "Playwright's own install in " + playwrightBrowsers(),
                                String.join("/", NAMES) + " on the PATH")));
    }

    /** The newest one; the headless shell, which can't be shown to anybody, only if there is no full browser. */
    private Optional<Path> ownInstall() {
        return newest("chromium-").or(() -> newest("chromium_headless_shell-"));
    }

    private Optional<Path> newest(String prefix) {
        return list(playwrightBrowsers()).stream()
                .filter(directory -> revision(directory, prefix) >= 0)
                .sorted((a, b) -> Integer.compare(revision(b, prefix), revision(a, prefix)))
                .flatMap(BrowserFinder::executables)
                .findFirst();
    }

    private static int revision(Path directory, String prefix) {
        String name = directory.getFileName().toString();
        String digits = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
        return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : -1;
    }

    private static Stream<Path> executables(Path install) {
        List<Path> found = new ArrayList<>();
        for (Path platform : list(install)) {
            Stream.of("chrome", "headless_shell", "chrome-headless-shell", "chrome.exe", "headless_shell.exe")
                    .map(platform::resolve)
                    .forEach(found::add);
            list(platform).stream()
                    .filter(app -> app.toString().endsWith(".app"))
                    .flatMap(app -> list(app.resolve("Contents/MacOS")).stream())
                    .forEach(found::add);
        }
        return found.stream().filter(BrowserFinder::runnable);
    }

    private Path playwrightBrowsers() {
        return variable("PLAYWRIGHT_BROWSERS_PATH").map(Path::of).orElseGet(() -> {
            String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
            if (system.contains("mac")) {
                return home.resolve("Library/Caches/ms-playwright");
            }
            if (system.contains("windows")) {
                return home.resolve("AppData/Local/ms-playwright");
            }
            return variable("XDG_CACHE_HOME")
                    .map(Path::of)
                    .orElse(home.resolve(".cache"))
                    .resolve("ms-playwright");
        });
    }

    private Optional<Path> onPath() {
        List<String> directories =
                Arrays.asList(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1));
        return NAMES.stream()
                .flatMap(name -> directories.stream().filter(d -> !d.isEmpty()).map(d -> Path.of(d, name)))
                .filter(BrowserFinder::runnable)
                .findFirst();
    }

    private static boolean runnable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (IOException missing) {
            return List.of();
        }
    }
}
