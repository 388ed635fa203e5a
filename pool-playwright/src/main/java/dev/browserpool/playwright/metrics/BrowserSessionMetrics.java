package dev.browserpool.playwright.metrics;

import dev.browserpool.SlotRequest;
import dev.browserpool.playwright.BrowserSessionsBuilder;
import dev.browserpool.playwright.SessionListener;
import dev.browserpool.playwright.SessionReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The numbers of this JVM's browsers: give it to {@link BrowserSessionsBuilder#listener} and bind it to a registry, in any
 * order; what happens before it is bound is not timed nor counted. Over several JVMs take the sum. Any thread.
 */
public final class BrowserSessionMetrics implements MeterBinder, SessionListener {
    private static final Duration[] BUCKETS = List.of(
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30))
            .toArray(Duration[]::new);

    private final Tags tags;
    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();
    private final AtomicInteger opening = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger closing = new AtomicInteger();

    /** Numbers without tags. */
    public BrowserSessionMetrics() {
        this(Tags.empty());
    }

    /** Numbers with tags, such as {@code pool} where a JVM has more than one. */
    public BrowserSessionMetrics(Iterable<Tag> tags) {
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "opening", opening);
        gauge(registry, "open", open);
        gauge(registry, "closing", closing);
        for (Force force : Force.values()) {
            forced(registry, force); // what first appears with a one was never seen to grow
        }
        registries.add(registry);
    }

    private void gauge(MeterRegistry registry, String state, AtomicInteger value) {
        Gauge unused = Gauge.builder("browser.sessions", value, AtomicInteger::get)
                .description("browsers of this JVM")
                .tags(tags.and("state", state))
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void opening(SlotRequest request) {
        opening.incrementAndGet();
    }

    @Override
    public void opened(SlotRequest request, Duration took) {
        opening.decrementAndGet();
        open.incrementAndGet();
        time(request, took, "opened");
    }

    @Override
    public void notOpened(SlotRequest request, Duration took) {
        opening.decrementAndGet();
        time(request, took, "failed");
    }

    private void time(SlotRequest request, Duration took, String outcome) {
        each(registry -> Timer.builder("browser.sessions.open")
                .description("from the grant to an open browser")
                .tags(tags.and("outcome", outcome, "kind", request.profile().isPresent() ? "profile" : "ephemeral"))
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(took));
    }

    @Override
    public void ending(SlotRequest request) {
        open.decrementAndGet();
        closing.incrementAndGet();
    }

    @Override
    public void forced(SlotRequest request, Force force) {
        each(registry -> forced(registry, force).increment());
    }

    private Counter forced(MeterRegistry registry, Force force) {
        return Counter.builder("browser.sessions.forced")
                .description("what had to be interrupted or killed")
                .tags(tags.and("step", tag(force)))
                .register(registry);
    }

    @Override
    public void closed(SessionReport report) {
        closing.decrementAndGet();
        String cause = report.cause().map(BrowserSessionMetrics::tag).orElse("none");
        each(registry -> Counter.builder("browser.sessions.closed")
                .description("sessions that ended, by outcome and cause")
                .tags(tags.and("outcome", tag(report.outcome()), "cause", cause))
                .register(registry)
                .increment());
    }

    private void each(Consumer<MeterRegistry> action) {
        registries.forEach(action);
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
