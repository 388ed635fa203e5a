package dev.browserpool.playwright.directory;

import dev.browserpool.playwright.host.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The version of a Chromium, and the note in a profile's directory of the one that used it last. It is a part of the profile's state: it
 * goes where that goes.
 *
 * @param text such as {@code 150.0.7871.100}
 */
public record BrowserVersion(String text) {
    public static final String FILE = ProfileFiles.OURS + "browser";
    /** Chromium's own note, which the headless shell does not write. */
    private static final String OF_CHROMIUM = "Last Version";

    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})(?:\\.\\d{1,6}){1,3}");
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Map<String, BrowserVersion> KNOWN = new ConcurrentHashMap<>();

    /** Formats change with major versions. */
    public boolean isNewerThan(BrowserVersion other) {
        return major() > other.major();
    }

    private int major() {
        return Integer.parseInt(text.substring(0, text.indexOf('.')));
    }

    /** The first version that stands in a text; empty if none does. */
    public static Optional<BrowserVersion> in(String text) {
        Matcher found = VERSION.matcher(text);
        return found.find() ? Optional.of(new BrowserVersion(found.group())) : Optional.empty();
    }

    /** The newest that used a directory; empty if nobody noted one. */
    public static Optional<BrowserVersion> on(Path directory) throws IOException {
        Optional<BrowserVersion> ours = noted(directory.resolve(FILE));
        Optional<BrowserVersion> chromiums = noted(directory.resolve(OF_CHROMIUM));
        return Stream.concat(ours.stream(), chromiums.stream()).reduce((a, b) -> b.isNewerThan(a) ? b : a);
    }

    private static Optional<BrowserVersion> noted(Path file) throws IOException {
        try {
            return in(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException nobody) {
            return Optional.empty();
        }
    }

    /** Notes it as the one that used a directory last. */
    public void noteOn(Path directory) throws IOException {
        Path unfinished = directory.resolve(FILE + ".new");
        Files.writeString(unfinished, text);
        Durable.move(unfinished, directory.resolve(FILE));
    }

    /** What an executable says of itself, asked once per JVM and executable; empty if it does not say. */
    public static Optional<BrowserVersion> of(Path executable) throws InterruptedException {
        Optional<BrowserVersion> known = edition(executable).map(KNOWN::get);
        if (known.isPresent()) {
            return known;
        }
        Optional<BrowserVersion> asked = ask(executable);
        asked.ifPresent(version -> version.isOf(executable));
        return asked;
    }

    /** A browser that was started from there has said so: nobody need ask. */
    public void isOf(Path executable) {
        edition(executable).ifPresent(which -> KNOWN.put(which, this));
    }

    /** An update changes what stands under the same name. */
    private static Optional<String> edition(Path executable) {
        try {
            return Optional.of(executable + " " + Files.getLastModifiedTime(executable));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** It answers at once and opens nothing. */
    private static Optional<BrowserVersion> ask(Path executable) throws InterruptedException {
        try {
            Path answer = Files.createTempFile("browser-pool-", ".version");
            Process process = null;
            try {
                process = new ProcessBuilder(executable.toString(), "--version")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .redirectOutput(answer.toFile())
                        .start();
                boolean ended = process.waitFor(ANSWER.toNanos(), TimeUnit.NANOSECONDS);
                return ended ? in(Files.readString(answer, StandardCharsets.ISO_8859_1)) : Optional.empty();
            } finally {
                if (process != null) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
                Files.deleteIfExists(answer);
            }
        } catch (IOException silent) {
            return Optional.empty();
        }
    }
}
