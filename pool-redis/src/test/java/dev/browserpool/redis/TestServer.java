package dev.browserpool.redis;

import java.io.IOException;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/** One server for all tests of this JVM, on a free port of the loopback, in memory alone. */
final class TestServer {
    private static final TestServer INSTANCE = new TestServer();

    private final RedisServer server;
    final int port;

    private TestServer() {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server = RedisServer.builder()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-redis"));
    }

    private void stop() {
        server.stop();
    }

    static TestServer get() {
        return INSTANCE;
    }
}
