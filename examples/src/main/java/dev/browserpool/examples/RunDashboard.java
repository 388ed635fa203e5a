package dev.browserpool.examples;

import dev.browserpool.BrowserPool;
import dev.browserpool.examples.dashboard.DashboardOptions;
import dev.browserpool.examples.dashboard.PoolDashboard;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.util.Optional;

/** The dashboard of a run, if one was asked for. Close it before the pool. */
final class RunDashboard implements AutoCloseable {
    private final Settings settings;
    private final Screen screen;
    private final Optional<PoolDashboard> dashboard;

    private RunDashboard(Settings settings, Screen screen, Optional<PoolDashboard> dashboard) {
        this.settings = settings;
        this.screen = screen;
        this.dashboard = dashboard;
    }

    /** Opens it, and says where. */
    static RunDashboard over(BrowserPool pool, Settings settings, Screen screen) throws BadInputException {
        Optional<PoolDashboard> dashboard = Optional.empty();
        if (settings.dashboardPort().isPresent()) {
            dashboard =
                    Optional.of(open(pool, settings, settings.dashboardPort().get()));
        }
        dashboard.ifPresent(it -> screen.line("Dashboard on " + it.url()));
        return new RunDashboard(settings, screen, dashboard);
    }

    private static PoolDashboard open(BrowserPool pool, Settings settings, int port) throws BadInputException {
        try {
            return PoolDashboard.open(
                    pool,
                    DashboardOptions.defaults()
                            .withPort(port)
                            .withEvidence(settings.paths().evidence()));
        } catch (JavalinBindException e) {
            throw new BadInputException("--dashboard " + port + ": the port can't be had; choose another, or none", e);
        }
    }

    /** When all is done: stays until somebody has seen enough, or there is nobody who could say so. */
    void stay() throws IOException {
        if (dashboard.isPresent() && settings.review() == Settings.Review.AUTO) {
            screen.line("All is done. The dashboard stays until you press Enter; the results follow");
            int key = settings.input().read();
            while (key != '\n' && key != -1) {
                key = settings.input().read();
            }
        }
    }

    @Override
    public void close() {
        dashboard.ifPresent(PoolDashboard::close);
    }
}
