package dev.browserpool.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Meters in one registry, all with the same tags, and taken out together. */
final class Meters {
    /** Buckets that can be added up over members: from a slot that was free to an hour in line. */
    private static final Duration[] BUCKETS = List.of(
                    Duration.ofMillis(100),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofHours(1))
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Tags tags;
    private final Set<Meter> all = ConcurrentHashMap.newKeySet();

    Meters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    void gauge(String name, String what, DoubleSupplier value, String... more) {
        all.add(Gauge.builder(name, value::getAsDouble)
                .description(what)
                .tags(tags.and(more))
                .strongReference(true)
                .register(registry));
    }

    void seconds(String name, String what, Supplier<Number> seconds) {
        all.add(TimeGauge.builder(name, seconds, TimeUnit.SECONDS)
                .description(what)
                .tags(tags)
                .strongReference(true)
                .register(registry));
    }

    /** Of something that only grows. */
    void count(String name, String what, DoubleSupplier total, String... more) {
        all.add(FunctionCounter.builder(name, this, itself -> total.getAsDouble())
                .description(what)
                .tags(tags.and(more))
                .register(registry));
    }

    /** Of something that counts and adds up by itself. */
    void calls(String name, String what, LongSupplier count, DoubleSupplier nanos) {
        all.add(FunctionTimer.builder(
                        name, this, itself -> count.getAsLong(), itself -> nanos.getAsDouble(), TimeUnit.NANOSECONDS)
                .description(what)
                .tags(tags)
                .register(registry));
    }

    Timer timer(String name, String what, String... more) {
        Timer timer = Timer.builder(name)
                .description(what)
                .tags(tags.and(more))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        all.add(timer);
        return timer;
    }

    Counter counter(String name, String what, String... more) {
        Counter counter =
                Counter.builder(name).description(what).tags(tags.and(more)).register(registry);
        all.add(counter);
        return counter;
    }

    void remove() {
        all.forEach(registry::remove);
        all.clear();
    }
}
