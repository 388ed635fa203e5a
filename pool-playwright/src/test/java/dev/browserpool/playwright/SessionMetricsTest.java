package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.metrics.BrowserSessionMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

@Tag("browser")
@ExtendWith(NothingLeft.class)
class SessionMetricsTest {
    @TempDir
    Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BrowserPool pool = InMemoryBrowserPool.create(
            PoolConfig.builder().name("metrics").maxBrowsers(1).build());

    @AfterEach
    void close() {
        pool.close();
        registry.close();
    }

    private double browsers(String state) {
        return registry.get("browser.sessions").tag("state", state).gauge().value();
    }

    @Test
    void browsersAreCountedByStateTimedAndNamedInTheLog() throws Exception {
        BrowserSessionMetrics metrics = new BrowserSessionMetrics();
        metrics.bindTo(registry);
        BrowserSessions sessions = BrowserSessions.builder(pool)
                .profiles(directory.resolve("profiles"))
                .listener(new SessionListener() {
                    @Override
                    public void closed(SessionReport report) {
                        throw new IllegalStateException("a bad listener, for the test");
                    }
                })
                .listener(metrics)
                .build();

        Map<String, String> context = sessions.call(Requests.onProfile("good", "shop"), session -> {
            assertThat(browsers("open")).isEqualTo(1);
            assertThat(browsers("opening")).isZero();
            return MDC.getCopyOfContextMap();
        });
        BrowserSession stopped = sessions.open(Requests.onProfile("stopped", "shop"));
        Thread stranger = new Thread(stopped::close);
        stranger.start();
        stranger.join();

        assertThat(context)
                .containsAllEntriesOf(
                        Map.of("browser_pool", "metrics", "browser_request", "good", "browser_profile", "shop"));
        assertThat(MDC.get("browser_request")).isNull();
        assertThat(browsers("open") + browsers("opening") + browsers("closing")).isZero();
        assertThat(registry.get("browser.sessions.open")
                        .tags("outcome", "opened", "kind", "profile")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("browser.sessions.forced")
                        .tag("step", "driver")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("browser.sessions.closed")
                        .tag("outcome", "completed")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("browser.sessions.closed")
                        .tag("outcome", "released")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
