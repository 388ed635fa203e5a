package dev.browserpool.examples.dashboard;

import dev.browserpool.BrowserPool;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.time.Duration;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The status API and the live page of a pool, on a port of its own, until it is closed. Closing it does nothing to the pool; close it
 * first.
 *
 * <pre>{@code
 * try (PoolDashboard dashboard = PoolDashboard.open(pool, DashboardOptions.defaults().withPort(8090))) {
 *   log.info("dashboard on {}", dashboard.url());
 * }
 * }</pre>
 */
public final class PoolDashboard implements AutoCloseable {
    private static final int MOST_THREADS = 24 + Viewers.MOST;

    /** For a connection that says nothing; events give a sign of life more often. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final String url;
    private final Lookout lookout;
    private final Javalin server;

    private PoolDashboard(String url, Lookout lookout, Javalin server) {
        this.url = url;
        this.lookout = lookout;
        this.server = server;
    }

    /**
     * Serves it.
     *
     * @throws io.javalin.util.JavalinException if the port is taken
     */
    public static PoolDashboard open(BrowserPool pool, DashboardOptions options) {
        return open(pool, options, new Body(Body.TIME));
    }

    static PoolDashboard open(BrowserPool pool, DashboardOptions options, Body body) {
        Feed feed = new Feed();
        Viewers viewers = new Viewers(feed);
        Lookout lookout = Lookout.over(pool, feed, viewers, options.pace());
        Routes routes = new Routes(pool, options, lookout, viewers, body);
        try {
            Javalin server = Javalin.start(config -> configure(config, options, routes));
            return new PoolDashboard(url(options.host(), server.port()), lookout, server);
        } catch (RuntimeException | Error e) {
            lookout.close();
            throw e;
        }
    }

    private static void configure(JavalinConfig config, DashboardOptions options, Routes routes) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 4);
        threads.setName("browser-pool-dashboard");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.host = options.host();
        config.jetty.port = options.port();
        config.jetty.modifyHttpConfiguration(http -> http.setIdleTimeout(SILENCE.toMillis()));
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        // Events have to leave at once, and all else is small or a picture.
        config.http.compressionStrategy = CompressionStrategy.NONE;
        routes.addTo(config.routes);
    }

    private static String url(String host, int port) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + PageRoutes.PAGE;
    }

    /** The page's address. */
    public String url() {
        return url;
    }

    Javalin server() {
        return server;
    }

    @Override
    public void close() {
        lookout.close();
        server.stop();
    }
}
