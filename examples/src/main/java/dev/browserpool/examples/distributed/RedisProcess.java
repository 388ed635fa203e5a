package dev.browserpool.examples.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.embedded.RedisExecProvider;

/**
 * A Redis server of our own: in memory alone, on a free port of the loopback address. It ends when it is closed, and also when this
 * JVM ends in any other way: a shell stands beside it that waits for the end of its standard input, which is ours.
 */
public final class RedisProcess implements AutoCloseable {
    /**
     * $1 is the directory, the rest the server's command. A line is a goodbye; without one this JVM was killed, and what it leaves is
     * cleared away when its children have had the time to follow it. Ctrl-C is for those who use the server.
     */
    private static final String GUARD = """
            trap '' INT HUP
            directory=$1; shift
            "$@" >/dev/null & server=$!
            read -r goodbye
            kill "$server" 2>/dev/null; wait
            [ -n "$goodbye" ] || { sleep 4; rm -rf "$directory"; }
            """;

    private static final Duration LONGEST_START = Duration.ofSeconds(10);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Process guard;
    private final int port;

    private RedisProcess(Process guard, int port) {
        this.guard = guard;
        this.port = port;
    }

    /**
     * Starts one, and returns when it answers.
     *
     * @param directory for the server's program; removed with all that is in it if this JVM is killed
     */
    public static RedisProcess start(Path directory) throws IOException {
        int port = freePort();
        Process guard = new ProcessBuilder(List.of(
                        "sh",
                        "-c",
                        GUARD,
                        "guard",
                        directory.toString(),
                        unpack(directory).toString(),
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--save",
                        "",
                        "--appendonly",
                        "no"))
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        RedisProcess started = new RedisProcess(guard, port);
        started.awaitAnswer();
        return started;
    }

    /** From the library, which leaves it in a directory that nobody removes if this JVM is killed. */
    private static Path unpack(Path directory) throws IOException {
        Path unpacked = RedisExecProvider.defaultProvider().get().toPath();
        Path program = Files.move(unpacked, directory.resolve("redis-server"));
        Files.delete(unpacked.getParent());
        return program;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private void awaitAnswer() throws IOException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!answers()) {
            if (!guard.isAlive() || System.nanoTime() - deadline > 0) {
                guard.destroy();
                throw new IOException("the Redis server on port " + port + " did not start");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean answers() {
        try (Socket ignored = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where it is. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Ends the server and waits for its end. A second call does nothing. */
    @Override
    public void close() throws InterruptedException {
        try (OutputStream in = guard.getOutputStream()) {
            in.write("goodbye\n".getBytes(UTF_8));
        } catch (IOException e) {
            // It has gone before.
        }
        if (!guard.waitFor(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
            guard.descendants().forEach(ProcessHandle::destroyForcibly);
            guard.destroyForcibly();
        }
    }
}
