package dev.browserpool.redis;

import dev.browserpool.redis.servers.Binary;
import dev.browserpool.redis.servers.ServerProcess;

/** One server for all tests of this JVM, on a free port of the loopback, in memory alone. {@code -Dredis.server} names another program. */
final class TestServer {
    private static final TestServer INSTANCE = new TestServer();

    private final ServerProcess server = ServerProcess.start(Binary.BUNDLED);
    final int port = server.port();

    static TestServer get() {
        return INSTANCE;
    }
}
