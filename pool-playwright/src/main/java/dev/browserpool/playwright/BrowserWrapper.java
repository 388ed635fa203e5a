package dev.browserpool.playwright;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The shell scripts that distributions put around their browsers, in the places where they keep the browsers themselves. */
final class BrowserWrapper {
    private BrowserWrapper() {}

    static Path unwrap(Path executable) {
        if (!isScript(executable)) {
            return executable;
        }
        return names(executable)
                .flatMap(BrowserWrapper::places)
                .map(Path::of)
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file) && !isScript(file))
                .findFirst()
                .orElse(executable);
    }

    /** Its own, and that of what it is a link to. */
    private static Stream<String> names(Path executable) {
        Stream<Path> paths = Stream.of(executable);
        try {
            paths = Stream.of(executable, executable.toRealPath());
        } catch (IOException vanished) {
            // Then its own will do.
        }
        return paths.map(path -> path.getFileName().toString()).distinct();
    }

    private static Stream<String> places(String name) {
        return name.startsWith("google-chrome")
                ? Stream.of("/opt/google/chrome/chrome")
                : Stream.of(
                        "/usr/lib/" + name + "/" + name,
                        "/usr/lib64/" + name + "/" + name,
                        "/usr/lib/chromium/" + name);
    }

    private static boolean isScript(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == '#' && in.read() == '!';
        } catch (IOException unreadable) {
            return false;
        }
    }
}
