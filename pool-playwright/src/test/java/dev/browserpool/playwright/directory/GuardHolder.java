package dev.browserpool.playwright.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Another JVM that holds the guard of a directory, until its input ends. */
public record GuardHolder(Process process) implements AutoCloseable {
    public static GuardHolder start(Path directory) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        GuardHolder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.inputReader().readLine() == null) {
            throw new IOException("the other JVM could not take the guard of " + directory);
        }
        return new GuardHolder(process);
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]).toRealPath();
        long token = GuardRecord.read(directory).map(GuardRecord::token).orElse(1L);
        GuardRecord me =
                new GuardRecord(token, "other", "there", ProcessHandle.current().pid(), false);
        ProfileGuard guard = ProfileGuard.take(directory, me);
        guard.sign(true);
        System.out.println("held");
        while (System.in.read() >= 0) {
            // Held as long as the other side wants.
        }
        guard.release(true);
    }
}
