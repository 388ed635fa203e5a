package dev.browserpool.benchmarks.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The JDKs that are installed beside the present one. */
final class Jdks {
    private static final Pattern FEATURE = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    /** The first on which a virtual thread that waits in a monitor lets others run. */
    private static final int WITH_VIRTUAL_THREADS = 24;

    private Jdks() {}

    /** The newest with mature virtual threads, if there is one. */
    static Optional<Path> withVirtualThreads() {
        Path installed =
                Path.of(System.getProperty("java.home")).toAbsolutePath().getParent();
        if (installed == null) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(installed)) {
            return all.filter(jdk -> feature(jdk) >= WITH_VIRTUAL_THREADS).max(Comparator.comparingInt(Jdks::feature));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static int feature(Path jdk) {
        Path release = jdk.resolve("release");
        if (!Files.isExecutable(jdk.resolve("bin/java")) || !Files.isRegularFile(release)) {
            return 0;
        }
        try {
            Matcher feature = FEATURE.matcher(Files.readString(release));
            return feature.find() ? Integer.parseInt(feature.group(1)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
