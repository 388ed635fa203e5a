package dev.browserpool.metrics;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolEvent;
import dev.browserpool.PoolHealth;
import dev.browserpool.PoolListener;
import dev.browserpool.PoolStatus;
import dev.browserpool.PoolStatus.Load;
import dev.browserpool.RefusalReason;
import dev.browserpool.SlotState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One pool in one registry. Registries refer to what they read weakly; the pool refers to this one as to a listener, for as long
 * as it lives.
 */
final class Binding implements PoolListener {
    private final BrowserPool pool;
    private final Meters meters;
    private final StatusReading reading;
    private final EventMeters events;
    private final Set<OperationType> types = ConcurrentHashMap.newKeySet();
    private @Nullable Registration registration;

    Binding(BrowserPool pool, MeterRegistry registry, Tags tags) {
        this.pool = pool;
        this.meters = new Meters(registry, tags);
        this.reading =
                new StatusReading(pool, status -> status.byType().keySet().forEach(this::show));
        this.events = new EventMeters(meters);
    }

    void begin() {
        showLimits();
        showCounters();
        showMember();
        OperationType.standard().forEach(this::show);
        registration = pool.addListener(this);
    }

    void close() {
        Registration listening = registration;
        if (listening != null) {
            listening.close();
        }
        meters.remove();
    }

    @Override
    public void on(PoolEvent event) {
        events.on(event);
    }

    private double gauge(ToDoubleFunction<PoolStatus> value) {
        return reading.now().map(value::applyAsDouble).orElse(Double.NaN);
    }

    private double count(ToLongFunction<PoolStatus> value) {
        return reading.latest().map(value::applyAsLong).orElse(0L);
    }

    private void showLimits() {
        meters.gauge(
                "browser.pool.slots.limit",
                "how many browsers may run",
                () -> gauge(s -> s.limit().maxBrowsers()));
        meters.gauge(
                "browser.pool.slots.requested",
                "how many were asked for, if something keeps the limit lower",
                () -> gauge(s -> s.limit().requested()));
        meters.gauge(
                "browser.pool.slots.available",
                "slots that a newcomer could have at once",
                () -> gauge(PoolStatus::available));
        meters.gauge(
                "browser.pool.waiting.limit",
                "how many requests may wait",
                () -> gauge(s -> s.limit().maxQueued()));
        meters.gauge(
                "browser.pool.members",
                "pool instances that share the limit",
                () -> gauge(s -> s.members().size()));
        meters.gauge(
                "browser.pool.paused",
                "1 while nothing is granted by an operator's will",
                () -> gauge(s -> s.pausedBy().isPresent() ? 1 : 0));
        meters.gauge(
                "browser.pool.loadtest",
                "1 while a load test has the pool",
                () -> gauge(s -> s.loadTest().isPresent() ? 1 : 0));
        meters.seconds(
                "browser.pool.wait.estimated",
                "how long a newcomer would wait for a slot",
                () -> gauge(
                        s -> s.estimatedWait().map(wait -> wait.toNanos() / 1e9).orElse(Double.NaN)));
    }

    private void showCounters() {
        meters.count(
                "browser.pool.grants",
                "leases granted, children included",
                () -> count(s -> s.counts().granted()));
        for (SlotState state : SlotState.values()) {
            if (state.isFinal()) {
                meters.count(
                        "browser.pool.ends",
                        "requests that ended, by their final state",
                        () -> count(s -> s.counts().ended().getOrDefault(state, 0L)),
                        "state",
                        Meters.tag(state));
            }
        }
        for (RefusalReason reason : RefusalReason.values()) {
            meters.count(
                    "browser.pool.refusals",
                    "requests that never entered the line",
                    () -> count(s -> s.counts().refused().getOrDefault(reason, 0L)),
                    "reason",
                    Meters.tag(reason));
        }
    }

    private void showMember() {
        meters.gauge(
                "browser.pool.up",
                "1 while this member takes requests and can trust its leases",
                () -> pool.health().isUp() ? 1 : 0);
        meters.count(
                "browser.pool.events.dropped",
                "events that listeners of this member were too slow for",
                () -> pool.health().eventsDropped());
        if (pool.health().store().isEmpty()) {
            return;
        }
        meters.seconds(
                "browser.pool.heartbeat.age",
                "since the last sign of life that the store has answered",
                () -> store(store -> store.heartbeatAge().toNanos() / 1e9));
        meters.calls(
                "browser.pool.store.calls",
                "calls that the store answered",
                () -> (long) store(PoolHealth.Store::calls),
                () -> store(store -> store.callTime().toNanos()));
        meters.count(
                "browser.pool.store.failures",
                "calls that the store did not answer",
                () -> store(PoolHealth.Store::failures));
    }

    private double store(ToDoubleFunction<PoolHealth.Store> value) {
        return pool.health().store().map(value::applyAsDouble).orElse(Double.NaN);
    }

    /** Not more of them than the pool itself tells apart: beyond 55 of the user's own, types are one, {@code other}. */
    private void show(OperationType type) {
        if (!types.add(type)) {
            return;
        }
        load("browser.pool.slots", "slots in use", type, "state", "running", Load::running);
        load("browser.pool.slots", "slots in use", type, "state", "stopping", Load::stopping);
        load("browser.pool.waiting", "requests in line", type, "resource", "slot", Load::waitingForSlot);
        load("browser.pool.waiting", "requests in line", type, "resource", "profile", Load::waitingForProfile);
        load("browser.pool.waiting", "requests in line", type, "resource", "load_test", Load::waitingForLoadTest);
    }

    private void load(
            String name, String what, OperationType type, String key, String value, ToDoubleFunction<Load> of) {
        meters.gauge(
                name,
                what,
                () -> gauge(s -> of.applyAsDouble(s.byType().getOrDefault(type, Load.NONE))),
                "type",
                type.name(),
                key,
                value);
    }
}
