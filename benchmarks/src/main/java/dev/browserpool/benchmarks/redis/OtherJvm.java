package dev.browserpool.benchmarks.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link WaitingJvm}, as the first one sees it. */
final class OtherJvm implements AutoCloseable {
    private final Process process;
    private final PrintWriter in;
    private final BufferedReader out;

    private OtherJvm(Process process) {
        this.process = process;
        this.in = new PrintWriter(process.outputWriter(UTF_8), true);
        this.out = process.inputReader(UTF_8);
    }

    static OtherJvm start() throws IOException {
        return new OtherJvm(new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WaitingJvm.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Says something, and waits for the answer. */
    String ask(String line) throws IOException {
        in.println(line);
        return answer();
    }

    /** Waits for the next line. */
    String answer() throws IOException {
        String answer = out.readLine();
        if (answer == null) {
            throw new IOException("the other JVM has ended");
        }
        return answer;
    }

    @Override
    public void close() throws InterruptedException {
        in.close();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
