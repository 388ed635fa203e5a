package dev.browserpool.playwright.directory;

import dev.browserpool.playwright.host.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** All files of a directory, with what is in them. */
public final class Listing {
    private Listing() {}

    public static List<String> of(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file) + " " + sum(file))
                    .sorted()
                    .toList();
        }
    }

    private static String sum(Path file) {
        try {
            return Checksum.of(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
