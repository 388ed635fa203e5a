package dev.browserpool.playwright.host;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shell outside this JVM that waits for its end, by whatever it ends, and then ends what one session left. Nothing in a JVM could
 * do that after a {@code kill -9}, and a browser that is frozen does not follow its driver by itself. It costs a megabyte.
 */
public final class Reaper {
    private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);
    private static final String SCRIPT = "reaper.sh";
    /** For a browser that saves its state. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration EXIT = Duration.ofSeconds(2);
    private static final List<Path> SHELLS = List.of(Path.of("/bin/sh"), Path.of("/usr/bin/sh"));
    /** Out of this JVM's process group, whose end it must survive. */
    private static final Path OWN_SESSION = Path.of("/usr/bin/setsid");

    private final Process process;

    private Reaper(Process process) {
        this.process = process;
    }

    /**
     * Starts one; empty where there is no shell or no {@code /proc} for it to look at.
     *
     * @param name what the browser is tagged with
     * @param temporary the session's directory for temporary files
     */
    public static Optional<Reaper> start(String name, Path temporary) {
        Optional<Path> shell = SHELLS.stream().filter(Files::isExecutable).findFirst();
        if (shell.isEmpty() || !Processes.canSeeAll()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Reaper(start(command(shell.get(), name, temporary))));
        } catch (IOException e) {
            LOG.warn("{}: if this JVM is killed, nobody will end its browser: {}", name, e.toString());
            return Optional.empty();
        }
    }

    private static List<String> command(Path shell, String name, Path temporary) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(OWN_SESSION)) {
            command.add(OWN_SESSION.toString());
        }
        command.addAll(List.of(
                shell.toString(),
                "-c",
                script(),
                "browser-pool-reaper",
                name,
                temporary.toString(),
                Long.toString(PATIENCE.toSeconds())));
        return command;
    }

    private static Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(List.of("PATH"));
        return builder.start();
    }

    private static String script() throws IOException {
        try (InputStream in = Reaper.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IOException(SCRIPT + " is missing beside " + Reaper.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Tells of the driver, which carries no tag. */
    public void drivenBy(ProcessHandle driver) {
        Processes.startTicks(driver).ifPresent(ticks -> say("driver " + driver.pid() + " " + ticks));
    }

    /** Tells of Playwright's own directory for a browser without a profile, which its driver may not come to remove. */
    public void removes(Path userData) {
        if (userData.toString().indexOf('\n') < 0) {
            say("data " + userData);
        }
    }

    /** Nothing is left for it to do. */
    public void dismiss() {
        say("done");
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            // So is it.
        }
        if (!Deadline.in(EXIT).await(() -> !process.isAlive())) {
            process.destroyForcibly();
        }
    }

    private void say(String line) {
        try {
            OutputStream out = process.getOutputStream();
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            LOG.debug("the reaper {} is gone", process.pid(), e);
        }
    }
}
