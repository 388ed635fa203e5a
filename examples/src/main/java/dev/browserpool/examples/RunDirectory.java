package dev.browserpool.examples;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A new directory for each run, under {@code demo-output} in the working directory. The newest few are kept. */
final class RunDirectory {
    private static final Path OUTPUT = Path.of("demo-output");
    private static final int KEPT = 5;
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final Pattern NAMES = Pattern.compile("\\d{8}-\\d{6}(-\\d+)?");

    private RunDirectory() {}

    /**
     * Makes one, and deletes the oldest if there are too many.
     *
     * @return its path, relative to the working directory
     */
    static Path create() throws IOException {
        Files.createDirectories(OUTPUT);
        Path created = createNew(LocalDateTime.now(ZoneId.systemDefault()).format(NAME));
        forgetOldest();
        return created;
    }

    private static Path createNew(String name) throws IOException {
        for (int twin = 1; ; twin++) {
            Path directory = OUTPUT.resolve(twin == 1 ? name : name + "-" + twin);
            try {
                return Files.createDirectory(directory);
            } catch (FileAlreadyExistsException e) {
                // Another demo started in the same second.
            }
        }
    }

    private static void forgetOldest() throws IOException {
        List<Path> runs;
        try (Stream<Path> entries = Files.list(OUTPUT)) {
            runs = entries.filter(
                            path -> NAMES.matcher(path.getFileName().toString()).matches())
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path run : runs.subList(Math.min(KEPT, runs.size()), runs.size())) {
            delete(run);
        }
    }

    /** With everything in it. */
    static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(directory)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
