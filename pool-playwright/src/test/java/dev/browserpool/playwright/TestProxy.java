package dev.browserpool.playwright;

import com.microsoft.playwright.options.Proxy;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An HTTP proxy on loopback that answers for every host itself, and demands a password if it is given one. */
final class TestProxy implements AutoCloseable {
    private static final String USER = "customer";

    private final HttpServer server;
    private final @Nullable String password;
    private final List<String> hosts = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "test-proxy");
        thread.setDaemon(true);
        return thread;
    });

    TestProxy(@Nullable String password) {
        this.password = password;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = "<title>through the proxy</title>".getBytes(StandardCharsets.UTF_8);
        if (isAllowed(exchange)) {
            hosts.add(exchange.getRequestURI().getHost());
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } else {
            exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"test\"");
            exchange.sendResponseHeaders(407, -1);
        }
        exchange.close();
    }

    private boolean isAllowed(HttpExchange exchange) {
        if (password == null) {
            return true;
        }
        String basic = Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8));
        return ("Basic " + basic).equals(exchange.getRequestHeaders().getFirst("Proxy-Authorization"));
    }

    Proxy proxy() {
        Proxy proxy = new Proxy("http://127.0.0.1:" + server.getAddress().getPort());
        return password == null ? proxy : proxy.setUsername(USER).setPassword(password);
    }

    /** For whom it answered. */
    List<String> hosts() {
        return hosts;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
