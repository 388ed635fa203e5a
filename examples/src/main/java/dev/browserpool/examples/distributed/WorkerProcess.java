package dev.browserpool.examples.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A worker's JVM, as its scheduler sees it: batches go in, lines come out. It ends by itself when its standard input does. */
public final class WorkerProcess implements AutoCloseable {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    private final String name;
    private final Process process;
    private final PrintWriter in;
    private final Queue<CompletableFuture<Void>> batches = new ConcurrentLinkedQueue<>();

    private WorkerProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.in = new PrintWriter(process.outputWriter(UTF_8), true);
    }

    /**
     * How to start one.
     *
     * @param program the class with the main method; it runs on this JVM's class path
     * @param temporary the directory for whatever the JVM and its browsers put aside
     * @param errors where its standard error goes, a file
     */
    public record Command(Class<?> program, Path temporary, Path errors) {
        private Process start() throws IOException {
            ProcessBuilder builder = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            // A killed JVM would leave its file of counters behind.
                            "-XX:-UsePerfData",
                            "-XX:TieredStopAtLevel=1",
                            "-Djava.io.tmpdir=" + temporary,
                            "-cp",
                            System.getProperty("java.class.path"),
                            program.getName()))
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
            builder.environment().put("TMPDIR", temporary.toString());
            return builder.start();
        }
    }

    /** Starts one; its first line are its orders. */
    public static WorkerProcess start(String name, Command command, Object orders) throws IOException {
        WorkerProcess worker = new WorkerProcess(name, command.start());
        worker.in.println(Lines.write(orders));
        return worker;
    }

    /** Hears every line but {@link WorkerLine.Idle}, on a thread of the worker's own. */
    void listen(BiConsumer<WorkerProcess, WorkerLine> to) {
        Thread ear = new Thread(() -> hearAll(to), name + "-lines");
        ear.setDaemon(true);
        ear.start();
    }

    private void hearAll(BiConsumer<WorkerProcess, WorkerLine> to) {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                WorkerLine said = Lines.read(line, WorkerLine.class);
                if (said instanceof WorkerLine.Idle) {
                    batches.remove().complete(null);
                } else {
                    to.accept(this, said);
                }
            }
        } catch (IOException | RuntimeException e) {
            batches.forEach(open -> open.completeExceptionally(e));
        }
    }

    String name() {
        return name;
    }

    boolean lives() {
        return process.isAlive();
    }

    /** Its process id. */
    public long processId() {
        return process.pid();
    }

    /** Gives it more to do; the future ends when it has done it, or exceptionally with the JVM. */
    CompletableFuture<Void> send(Batch batch) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        batches.add(done);
        in.println(Lines.write(batch));
        var unused = process.onExit()
                .thenRun(() -> done.completeExceptionally(
                        new IllegalStateException(name + " ended in the middle of its work, see its log")));
        return done;
    }

    /** As {@code kill -9}; returns when it is dead. What it had to do stays undone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends it home, and waits until it has gone. A second call does nothing. */
    @Override
    public void close() throws InterruptedException {
        in.close();
        if (!process.waitFor(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
        }
    }
}
