package dev.browserpool.examples.operations;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.browserpool.BrowserPool;
import dev.browserpool.metrics.BrowserPoolMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A pool's numbers on {@code /metrics}, in the text format of Prometheus, with nothing but the JDK's HTTP server. Whoever has a web
 * framework binds {@link BrowserPoolMetrics} to that one's registry instead. Close it before the pool.
 */
public final class MetricsEndpoint implements AutoCloseable {
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final BrowserPoolMetrics metrics;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, work -> {
        Thread thread = new Thread(work, "metrics");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpServer server;

    private MetricsEndpoint(BrowserPool pool, HttpServer server) {
        this.server = server;
        this.metrics = new BrowserPoolMetrics(pool);
        metrics.bindTo(registry);
        server.createContext("/metrics", this::scrape);
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Serves it.
     *
     * @param at where; port 0 takes a free one
     * @throws IOException if the port is taken
     */
    public static MetricsEndpoint open(BrowserPool pool, InetSocketAddress at) throws IOException {
        return new MetricsEndpoint(pool, HttpServer.create(at, 0));
    }

    private void scrape(HttpExchange exchange) throws IOException {
        byte[] page = registry.scrape().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", TYPE);
        exchange.sendResponseHeaders(200, page.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(page);
        }
    }

    /** For other numbers on the same page, such as those of browser sessions. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        metrics.close();
        registry.close();
    }
}
