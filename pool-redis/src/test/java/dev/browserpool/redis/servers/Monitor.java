package dev.browserpool.redis.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Listens to what clients of a server send; what scripts do inside is left out. */
public final class Monitor implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader lines;

    /** Begins to listen. */
    public Monitor(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.UTF_8));
        if (!"+OK".equals(lines.readLine())) {
            throw new IllegalStateException("the server does not tell");
        }
    }

    /** Every command that clients send from now on, for some time. */
    public List<String> commandsFor(Duration time) throws IOException {
        List<String> commands = new ArrayList<>();
        long until = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis();
                left > 0;
                left = Duration.ofNanos(until - System.nanoTime()).toMillis()) {
            socket.setSoTimeout((int) left);
            try {
                String line = lines.readLine();
                if (!line.contains(" lua] ")) {
                    commands.add(line);
                }
            } catch (SocketTimeoutException e) {
                break;
            }
        }
        return commands;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
