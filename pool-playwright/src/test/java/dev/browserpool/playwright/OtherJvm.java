package dev.browserpool.playwright;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another JVM with a pool of its own, which opens a session on a profile and keeps it until its input ends. */
record OtherJvm(Process process) implements AutoCloseable {
    static OtherJvm start(Path profiles, String profile) throws IOException {
        OtherJvm started = run(OtherJvm.class, profiles.toString(), profile);
        if (!"open".equals(started.nextLine())) {
            throw new IOException("the other JVM could not open " + profile);
        }
        return started;
    }

    /** A main class of these tests. */
    static OtherJvm run(Class<?> program, String... arguments) throws IOException {
        return run(Map.of(), program, arguments);
    }

    /** With more in its environment. */
    static OtherJvm run(Map<String, String> environment, Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return new OtherJvm(builder.start());
    }

    long pid() {
        return process.pid();
    }

    /** What it says next, but for its log; null if it has ended. */
    String nextLine() throws IOException {
        String line = process.inputReader().readLine();
        while (line != null && line.contains(" -- ")) {
            line = process.inputReader().readLine();
        }
        return line;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    public static void main(String[] arguments) throws Exception {
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1))) {
            BrowserSessions sessions = BrowserSessions.builder(pool)
                    .profiles(Path.of(arguments[0]))
                    .build();
            try (BrowserSession session = sessions.open(Requests.onProfile("other-jvm", arguments[1]))) {
                session.page().navigate("about:blank");
                System.out.println("open");
                while (System.in.read() >= 0) {
                    // Held as long as the other side wants.
                }
                session.complete();
            }
        }
    }
}
