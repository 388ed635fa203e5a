package dev.browserpool.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.PoolStatus;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.memory.InMemoryBrowserPool;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BrowserPoolMetricsTest {
    private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.builder()
            .name("crawl")
            .maxBrowsers(2)
            .closeGrace(Duration.ZERO)
            .build());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        pool.close();
        registry.close();
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tag("pool", "crawl").tags(tags).gauge().value();
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).functionCounter().count();
    }

    @Test
    void whoRunsAndWaitsIsShownByType() throws InterruptedException {
        SlotLease lease = pool.acquire(SlotRequest.of("a", OperationType.AGENT));
        SlotLease owner = pool.acquire(claim("b", "shop"));
        CompletableFuture<SlotLease> forSlot = pool.acquireAsync(SlotRequest.of("c", new OperationType("nightly")));
        CompletableFuture<SlotLease> forProfile = pool.acquireAsync(claim("d", "shop"));
        new BrowserPoolMetrics(pool).bindTo(registry);

        assertThat(gauge("browser.pool.slots", "type", "agent", "state", "running"))
                .isEqualTo(1);
        assertThat(gauge("browser.pool.slots", "type", "test_run", "state", "running"))
                .isEqualTo(1);
        assertThat(gauge("browser.pool.slots", "type", "prd", "state", "running"))
                .isZero();
        assertThat(gauge("browser.pool.waiting", "type", "nightly", "resource", "slot"))
                .isEqualTo(1);
        assertThat(gauge("browser.pool.waiting", "type", "test_run", "resource", "profile"))
                .isEqualTo(1);
        assertThat(gauge("browser.pool.slots.limit")).isEqualTo(2);
        assertThat(gauge("browser.pool.slots.available")).isZero();
        assertThat(gauge("browser.pool.waiting.limit")).isEqualTo(1_000);
        assertThat(gauge("browser.pool.members")).isEqualTo(1);
        assertThat(gauge("browser.pool.paused")).isZero();
        assertThat(gauge("browser.pool.loadtest")).isZero();
        assertThat(gauge("browser.pool.slots.requested")).isEqualTo(2);
        assertThat(registry.get("browser.pool.wait.estimated").timeGauge().value())
                .isNaN();
        assertThat(gauge("browser.pool.up")).isEqualTo(1);
        assertThat(count("browser.pool.grants")).isEqualTo(2);
        forSlot.cancel(false);
        forProfile.cancel(false);
        lease.close();
        owner.close();
    }

    private static SlotRequest claim(String id, String profile) {
        return SlotRequest.builder(id, OperationType.TEST_RUN)
                .profile(ProfileClaim.exclusive(profile))
                .build();
    }

    @Test
    void whatHappensIsTimedAndCounted() throws InterruptedException {
        new BrowserPoolMetrics(pool).bindTo(registry);
        try (SlotLease lease = pool.acquire(claim("a", "shop"))) {
            pool.acquireAsync(claim("b", "shop")).cancel(false);
            pool.operations().revoke("a", "for the test");
            lease.complete();
        }
        pool.call(SlotRequest.of(OperationType.AGENT), SlotLease::token);

        await().untilAsserted(() -> assertThat(registry.find("browser.pool.run")
                        .tags("type", "agent", "outcome", "completed")
                        .timer())
                .isNotNull()
                .satisfies(timer -> assertThat(timer.count()).isEqualTo(1)));
        assertThat(registry.get("browser.pool.run")
                        .tags("type", "test_run", "outcome", "revoked")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("browser.pool.wait")
                        .tags("type", "test_run", "outcome", "granted")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("browser.pool.wait")
                        .tags("type", "test_run", "outcome", "cancelled")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("browser.pool.losses")
                        .tags("reason", "revoked")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("browser.pool.conflicts")
                        .tags("decision", "wait", "detector", "ledger")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void everyOutcomeAndEveryRefusalHasItsCounterFromTheStart() {
        new BrowserPoolMetrics(pool).bindTo(registry);

        assertThat(count("browser.pool.ends", "state", "lost")).isZero();
        assertThat(count("browser.pool.refusals", "reason", "line_full")).isZero();
        assertThat(registry.get("browser.pool.ends").functionCounters()).hasSize(9);
    }

    @Test
    void oneScrapeIsOneQuestion() {
        AtomicInteger questions = new AtomicInteger();
        new BrowserPoolMetrics(asking(questions, new AtomicBoolean())).bindTo(registry);

        registry.getMeters().forEach(BrowserPoolMetricsTest::read);

        assertThat(registry.getMeters()).hasSizeGreaterThan(50);
        assertThat(questions).hasValue(1);
    }

    @Test
    void aStoreThatIsAwayIsAskedOnceAndCountersStandStill() throws InterruptedException {
        AtomicInteger questions = new AtomicInteger();
        AtomicBoolean away = new AtomicBoolean();
        StatusReading reading = new StatusReading(asking(questions, away), status -> {});
        assertThat(reading.now()).isPresent();
        away.set(true);

        await().atMost(Duration.ofSeconds(5)).until(() -> reading.now().isEmpty());

        int asked = questions.get();
        assertThat(reading.latest()).map(PoolStatus::name).hasValue("crawl");
        assertThat(reading.now()).isEmpty();
        assertThat(questions).hasValue(asked);
    }

    /** The same pool, which counts how often it is asked for its status, and whose store can go away. */
    private BrowserPool asking(AtomicInteger questions, AtomicBoolean away) {
        return (BrowserPool) Proxy.newProxyInstance(
                BrowserPool.class.getClassLoader(), new Class<?>[] {BrowserPool.class}, (proxy, method, args) -> {
                    if (method.getName().equals("status")) {
                        questions.incrementAndGet();
                        if (away.get()) {
                            throw new StoreUnavailableException("away, for the test", null);
                        }
                    }
                    try {
                        return method.invoke(pool, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void read(Meter meter) {
        meter.measure().forEach(measurement -> {
            double unused = measurement.getValue();
        });
    }

    @Test
    void ownTypesBeyondThePoolsLimitAreOthers() {
        new BrowserPoolMetrics(pool).bindTo(registry);
        for (int i = 0; i < 70; i++) {
            pool.tryAcquire(SlotRequest.of(new OperationType("own_" + i)))
                    .orElseThrow()
                    .close();
        }

        await().untilAsserted(() -> assertThat(
                        registry.find("browser.pool.wait").tag("type", "other").timers())
                .isNotEmpty()
                .first()
                .satisfies(timer -> assertThat(timer.count()).isEqualTo(15)));
        read(registry.get("browser.pool.grants").meter());
        assertThat(gauge("browser.pool.slots", "type", "other", "state", "running"))
                .isZero();
        assertThat(registry.find("browser.pool.slots").tag("type", "own_69").gauge())
                .isNull();
    }

    @Test
    void whatIsClosedLeavesNothingInTheRegistry() {
        BrowserPoolMetrics metrics = new BrowserPoolMetrics(pool);
        metrics.bindTo(registry);
        assertThat(registry.getMeters()).isNotEmpty();

        metrics.close();

        assertThat(registry.getMeters()).isEmpty();
    }
}
