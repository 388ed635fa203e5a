package dev.browserpool.examples.spring;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolHealth;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The member's own view of itself, for the actuator. */
final class PoolHealthIndicator implements HealthIndicator {
    private final BrowserPool pool;

    PoolHealthIndicator(BrowserPool pool) {
        this.pool = pool;
    }

    @Override
    public Health health() {
        PoolHealth now = pool.health();
        Health.Builder health = now.isUp() ? Health.up() : Health.down();
        now.store()
                .ifPresent(store -> health.withDetail(
                                "heartbeatAgeSeconds", store.heartbeatAge().toSeconds())
                        .withDetail("storeFailures", store.failures()));
        return health.withDetail("pool", pool.config().name())
                .withDetail("eventsDropped", now.eventsDropped())
                .build();
    }
}
