package dev.browserpool.examples.spring;

import dev.browserpool.BrowserPool;
import dev.browserpool.config.BrowserPools;
import dev.browserpool.metrics.BrowserPoolMetrics;
import dev.browserpool.playwright.BrowserSessions;
import dev.browserpool.playwright.metrics.BrowserSessionMetrics;
import dev.browserpool.spi.Setting;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The pool and its sessions; what they show of themselves to the actuator. Spring destroys beans in the opposite order: sessions
 * refuse newcomers, then the pool waits for its leases for its close grace, and leaves.
 */
@Configuration(proxyBeanMethods = false)
public class PoolBeans {
    /** For Spring. */
    public PoolBeans() {}

    /** From the environment, or from application.properties under the same names. */
    @Bean(destroyMethod = "close")
    public BrowserPool browserPool(Environment environment) {
        Map<String, String> settings = new HashMap<>(System.getenv());
        for (Setting<?> setting : BrowserPools.settings()) {
            String value = environment.getProperty(setting.name());
            if (value != null) {
                settings.put(setting.name(), value);
            }
        }
        return BrowserPools.fromEnvironment(settings);
    }

    /** Browsers under its leases. When the JVM is told to end, they have as long as the pool waits for them. */
    @Bean(destroyMethod = "close")
    public BrowserSessions browserSessions(
            BrowserPool pool, BrowserSessionMetrics metrics, @Value("${example.directory}") Path directory) {
        return BrowserSessions.builder(pool)
                .profiles(directory.resolve("profiles"))
                .evidence(directory.resolve("evidence"))
                .listener(metrics)
                .shutdownGrace(pool.config().closeGrace())
                .build();
    }

    /** Bound to the registry by Spring. */
    @Bean(destroyMethod = "close")
    public BrowserPoolMetrics browserPoolMetrics(BrowserPool pool) {
        return new BrowserPoolMetrics(pool);
    }

    /** Bound to the registry by Spring. */
    @Bean
    public BrowserSessionMetrics browserSessionMetrics() {
        return new BrowserSessionMetrics();
    }

    /** Down while this member can't trust its leases: it asks its own clocks, so it answers at once while the store is away. */
    @Bean
    public HealthIndicator browserPoolHealthIndicator(BrowserPool pool) {
        return new PoolHealthIndicator(pool);
    }
}
