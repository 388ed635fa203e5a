package dev.browserpool.redis.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a server on which connections that hear messages can go silent, as behind a firewall that forgot them, while others go on. */
public final class Link implements AutoCloseable {
    private final ServerSocket door;
    private final int target;
    private final Set<Pair> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger subscriptions = new AtomicInteger();

    private static final class Pair {
        final Socket near;
        final Socket far;
        volatile boolean hears;
        volatile boolean silent;

        Pair(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }
    }

    /** A link to a port of the loopback. */
    public Link(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon("link", this::accept);
    }

    /** Where clients connect. */
    public int port() {
        return door.getLocalPort();
    }

    /** How many connections have subscribed so far, to whatever. */
    public int subscriptions() {
        return subscriptions.get();
    }

    /** From now on nothing passes on the connections that have subscribed, and nobody is told. */
    public void silenceSubscriptions() {
        open.stream().filter(pair -> pair.hears).forEach(pair -> pair.silent = true);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Pair pair = new Pair(door.accept(), new Socket(InetAddress.getLoopbackAddress(), target));
                open.add(pair);
                daemon("link-out", () -> pump(pair, pair.near, pair.far));
                daemon("link-in", () -> pump(pair, pair.far, pair.near));
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void pump(Pair pair, Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (from == pair.near
                        && new String(buffer, 0, n, StandardCharsets.UTF_8).contains("\r\nSUBSCRIBE\r\n")) {
                    if (!pair.hears) {
                        pair.hears = true;
                        subscriptions.incrementAndGet();
                    }
                }
                if (!pair.silent) {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            open.remove(pair); // one side is gone, and the other follows
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Pair pair : open) {
            pair.near.close();
            pair.far.close();
        }
    }
}
