package dev.browserpool.benchmarks.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.RedisExecProvider;

/** A server of the run's own: a process on a free port of the loopback, in memory alone, gone when it is closed. */
public final class RedisProcess implements AutoCloseable {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private final List<String> command;
    private final Path directory;
    private final int port;
    private volatile Process process;

    private RedisProcess(List<String> command, Path directory, int port) throws IOException {
        this.command = command;
        this.directory = directory;
        this.port = port;
        this.process = begin();
    }

    /**
     * Starts one and waits until it answers.
     *
     * @param program which; the one that a library brings if empty
     */
    public static RedisProcess start(Optional<Path> program) throws IOException {
        String path = program.isPresent()
                ? program.get().toString()
                : RedisExecProvider.defaultProvider().get().getPath();
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(path, "--port", "" + port, "--bind", "127.0.0.1"));
        command.addAll(List.of("--save", "", "--appendonly", "no"));
        RedisProcess server = new RedisProcess(command, Files.createTempDirectory("redis-of-a-run"), port);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.process.destroyForcibly(), "stop-redis"));
        server.awaitAnswer();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private Process begin() throws IOException {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private void awaitAnswer() {
        long begin = System.nanoTime();
        while (true) {
            try (Jedis jedis = new Jedis(url())) {
                String unused = jedis.ping();
                return;
            } catch (JedisException notYet) {
                if (!process.isAlive() || System.nanoTime() - begin > PATIENCE) {
                    throw notYet;
                }
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    /** Where it listens. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** A connection for questions of the run. Close it. */
    public Jedis connect() {
        return new Jedis(url());
    }

    /** Kills it, and starts it again at once with the same port and nothing in it. */
    public void restart() throws IOException, InterruptedException {
        kill();
        process = begin();
        awaitAnswer();
    }

    private void kill() throws InterruptedException {
        boolean unused = process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
