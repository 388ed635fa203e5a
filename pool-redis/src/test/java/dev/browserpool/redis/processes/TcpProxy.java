package dev.browserpool.redis.processes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A link to a server that can fall silent, break, lose messages, and lead elsewhere. */
final class TcpProxy implements AutoCloseable {
    private static final int CHUNK = 16_384;
    private static final long LOOK_EVERY = 2_000_000;

    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile boolean silent;
    private volatile boolean losesMessages;
    private final AtomicLong lost = new AtomicLong();

    private TcpProxy(ServerSocket door, int target) {
        this.door = door;
        this.target = target;
    }

    /** A link to a port of the loopback. */
    static TcpProxy to(int port) throws IOException {
        TcpProxy proxy = new TcpProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
        proxy.daemon("accept", proxy::accept);
        return proxy;
    }

    int port() {
        return door.getLocalPort();
    }

    /** Nothing gets through, and nobody is told. What was sent arrives when it is over, as with a real network. */
    void fallSilent() {
        silent = true;
    }

    void speakAgain() {
        silent = false;
    }

    /** Breaks all connections; new ones lead to another server. */
    void leadTo(int port) {
        target = port;
        breakAll();
    }

    void breakAll() {
        open.forEach(TcpProxy::close);
    }

    /** Swallows what is published, and nothing else. */
    void loseMessages(boolean lose) {
        losesMessages = lose;
    }

    /** How many messages were swallowed. */
    long lost() {
        return lost.get();
    }

    private void daemon(String what, Runnable work) {
        Thread thread = new Thread(work, "proxy-" + port() + "-" + what);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                lead(door.accept());
            } catch (IOException e) {
                // closed, or whoever came is gone already
            }
        }
    }

    private void lead(Socket client) throws IOException {
        open.add(client);
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException nobodyThere) {
            close(client);
            open.remove(client);
            return;
        }
        open.add(server);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Pair pair = new Pair(client, server);
        daemon("requests", pair::requests);
        daemon("answers", pair::answers);
    }

    private final class Pair {
        private final Socket client;
        private final Socket server;
        private volatile boolean subscribed;

        Pair(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void requests() {
            try (client;
                    server) {
                InputStream in = client.getInputStream();
                OutputStream out = server.getOutputStream();
                byte[] bytes = new byte[CHUNK];
                for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                    if (new String(bytes, 0, n, StandardCharsets.ISO_8859_1).contains("SUBSCRIBE")) {
                        subscribed = true;
                    }
                    pass(Arrays.copyOf(bytes, n), out);
                }
            } catch (IOException e) {
                // closed by either side
            }
            gone();
        }

        void answers() {
            try (client;
                    server) {
                RespReader in = new RespReader(server.getInputStream());
                OutputStream out = client.getOutputStream();
                byte[] bytes = new byte[CHUNK];
                while (true) {
                    if (subscribed) {
                        byte[] answer = in.read();
                        if (losesMessages && RespReader.isMessage(answer)) {
                            lost.incrementAndGet();
                        } else {
                            pass(answer, out);
                        }
                    } else {
                        int n = in.readSome(bytes);
                        if (n < 0) {
                            break;
                        }
                        pass(Arrays.copyOf(bytes, n), out);
                    }
                }
            } catch (IOException e) {
                // closed by either side
            }
            gone();
        }

        private void pass(byte[] bytes, OutputStream out) throws IOException {
            while (silent && !server.isClosed()) {
                LockSupport.parkNanos(LOOK_EVERY);
            }
            out.write(bytes);
            out.flush();
        }

        private void gone() {
            open.remove(client);
            open.remove(server);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            // it is closed
        }
        breakAll();
    }
}
