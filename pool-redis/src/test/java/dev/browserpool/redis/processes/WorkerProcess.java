package dev.browserpool.redis.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.redis.processes.Event.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running {@link WorkerProgram}, as whoever started it sees it. */
final class WorkerProcess implements AutoCloseable {
    private static final Duration UP_WITHIN = Duration.ofSeconds(60);
    private static final List<String> QUICK_AND_SMALL =
            List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:-UsePerfData");

    private final WorkerSettings settings;
    private final Path log;
    private final Path output;
    private final Process process;
    private long killedAt = Tenure.NEVER;

    private WorkerProcess(WorkerSettings settings, Path log, Path output, Process process) {
        this.settings = settings;
        this.log = log;
        this.output = output;
        this.process = process;
    }

    /** Starts it, and does not wait for it. */
    static WorkerProcess start(WorkerSettings settings) throws IOException {
        Path log = Path.of(settings.log());
        Path output = log.resolveSibling(settings.name() + ".out");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(QUICK_AND_SMALL);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), WorkerProgram.class.getName()));
        command.add(settings.toJson());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new WorkerProcess(settings, log, output, process);
    }

    String name() {
        return settings.name();
    }

    void awaitJoined() {
        await().atMost(UP_WITHIN).pollInterval(Duration.ofMillis(20)).until(() -> {
            assertThat(process.isAlive()).as(name() + " is alive: " + said()).isTrue();
            return EventLog.read(log).stream().anyMatch(event -> event.kind() == Kind.JOINED);
        });
    }

    /** What it printed. */
    String said() throws IOException {
        return Files.readString(output);
    }

    WorkerLog log() throws IOException {
        return new WorkerLog(name(), EventLog.read(log), killedAt, System.nanoTime());
    }

    /** With -9, at once. */
    void kill() throws InterruptedException {
        killedAt = System.nanoTime();
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS))
                .as(name() + " is dead")
                .isTrue();
    }

    void freeze() throws IOException, InterruptedException {
        ProcessSignal.STOP.to(process);
    }

    void thaw() throws IOException, InterruptedException {
        ProcessSignal.CONT.to(process);
    }

    /** Asks it to end what it has begun, and to leave. */
    void finish() throws IOException {
        if (process.isAlive()) {
            OutputStream orders = process.getOutputStream();
            orders.write((WorkerProgram.FINISH + "\n").getBytes(StandardCharsets.UTF_8));
            orders.flush();
        }
    }

    /** Whether it has left, in time. */
    boolean hasLeft(Duration within) throws IOException, InterruptedException {
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)
                && EventLog.read(log).stream().anyMatch(event -> event.kind() == Kind.LEFT);
    }

    boolean wasKilled() {
        return killedAt != Tenure.NEVER;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
