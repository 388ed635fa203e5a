package dev.browserpool.redis.servers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.clients.jedis.RedisClient;

/** A server of a test's own: on free ports of the loopback, with a directory of its own, gone when the test ends. */
public final class ServerProcess implements AutoCloseable {
    /** Linux' {@code ETXTBSY}. */
    private static final int TEXT_FILE_BUSY = 26;

    private static final Set<ServerProcess> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ServerProcess::closeAll, "stop-servers"));
    }

    private static void closeAll() {
        for (ServerProcess server : RUNNING) {
            try {
                server.close();
            } catch (RuntimeException e) {
                System.err.println("a server's directory is left: " + e);
            }
        }
    }

    private final List<String> command;
    private final Path directory;
    private final int port;
    private volatile Process process;

    private ServerProcess(Path directory, int port, List<String> command) {
        this.directory = directory;
        this.port = port;
        this.command = command;
        this.process = begin();
        awaitReady();
    }

    /** Starts a server and waits until it takes connections; settings as on its command line. */
    public static ServerProcess start(Binary binary, String... settings) {
        return start(binary.path(), freePort(), settings);
    }

    /** The same for a node of a cluster: its bus has the port 10,000 above, as in every version. */
    public static ServerProcess startNode(Binary binary, String... settings) {
        int port = ThreadLocalRandom.current().nextInt(12_000, 22_000);
        while (!isFree(port) || !isFree(port + 10_000)) {
            port++;
        }
        return start(binary.path(), port, settings);
    }

    private static boolean isFree(int port) {
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return free.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** The same with any program. */
    static ServerProcess start(String program, int port, String... settings) {
        List<String> command = new ArrayList<>(
                List.of(program, "--port", "" + port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
        command.addAll(List.of(settings));
        return new ServerProcess(newDirectory(), port, command);
    }

    /** Starts a program of the same kind that is told everything by a file, and rewrites that: a Sentinel. */
    public static ServerProcess startSentinel(Binary binary, String... lines) {
        int port = freePort();
        Path directory = newDirectory();
        Path file = directory.resolve("sentinel.conf");
        try {
            Files.write(
                    file,
                    Stream.concat(Stream.of("port " + port, "bind 127.0.0.1"), Stream.of(lines))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ServerProcess(directory, port, List.of(binary.path(), file.toString(), "--sentinel"));
    }

    /** A port that was free a moment ago. */
    public static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("redis");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process begin() {
        ProcessBuilder server = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        return await().atMost(Duration.ofSeconds(5))
                .until(() -> begin(server), Optional::isPresent)
                .orElseThrow();
    }

    /**
     * Empty while somebody may write to its program, which was unpacked a moment ago: a process that another thread forked meanwhile has
     * inherited the open file, until it becomes a program of its own.
     */
    private static Optional<Process> begin(ProcessBuilder server) throws IOException {
        try {
            return Optional.of(server.start());
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("error=" + TEXT_FILE_BUSY + ",")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void awaitReady() {
        RUNNING.add(this);
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(this::isReady);
    }

    private boolean isReady() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the server ended: " + log());
        }
        return log().contains("eady to accept connections") || log().contains("Sentinel ID is");
    }

    /** What it has written since it was started. */
    public String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Its URL without user and password. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** A client for the test's own questions. Close it. */
    public RedisClient client() {
        return RedisClient.create("127.0.0.1", port);
    }

    /** Stops it as the kernel does: connections stay open, nobody answers. */
    public void freeze() {
        signal("-STOP");
    }

    /** Goes on after {@link #freeze()}. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String which) {
        try {
            int code = new ProcessBuilder("kill", which, "" + process.pid())
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill " + which + " answered " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills it at once. */
    public void kill() {
        try {
            boolean unused = process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again with the same port and directory, after {@link #kill()}. */
    public void restart() {
        process = begin();
        awaitReady();
    }

    @Override
    public void close() {
        RUNNING.remove(this);
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
