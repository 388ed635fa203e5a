package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the tests in a JVM of its own, with options that this one does not have. */
final class ChildJvm {
    private ChildJvm() {}

    /** Runs it on the same Java and class path, and returns what it printed. Fails if it does not end well in time. */
    static List<String> run(Class<?> program, int seconds, String... options) throws IOException, InterruptedException {
        Path output = Files.createTempFile("child-jvm", ".txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(ended)
                    .as("ended within " + seconds + " s; it printed:\n" + printed)
                    .isTrue();
            assertThat(process.exitValue()).as(printed).isZero();
            return printed.lines().toList();
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
