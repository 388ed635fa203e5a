package dev.browserpool.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** On what something was measured. */
public final class Machine {
    private Machine() {}

    /** Cores, processor and system. */
    public static String describe() {
        return Runtime.getRuntime().availableProcessors() + " cores" + model() + ", " + System.getProperty("os.name");
    }

    /** A library's version, as its own jar says; {@code group/artifact}. */
    public static String versionOf(String library) {
        Properties own = new Properties();
        try (InputStream in = Machine.class.getResourceAsStream("/META-INF/maven/" + library + "/pom.properties")) {
            if (in != null) {
                own.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return own.getProperty("version", "of the pom");
    }

    private static String model() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
            return lines.stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> ", " + line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
