package dev.browserpool.metrics;

import dev.browserpool.BrowserPool;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The numbers of a pool for a Micrometer registry. All are tagged with {@code pool}; docs/operations.md lists them.
 *
 * <p><b>Whose.</b> What is read from the status ({@code browser.pool.slots}, {@code .waiting}, {@code .ends} and so on) is of the
 * whole pool, and the same in all members: over several of them take the maximum, not the sum. Timers, conflicts, losses, leaks,
 * refusals by gates ({@code host_overloaded}, {@code gate_closed}), and what is said of the store are this member's own: take the sum.
 *
 * <p><b>Cost.</b> The status is read once a second at the most, by whoever scrapes; while the store is away its gauges are NaN and its
 * counters stand still. Between scrapes there are only the timers, on a listener's thread.
 *
 * <p>Any thread. It listens until the pool or this is closed.
 */
public final class BrowserPoolMetrics implements MeterBinder, AutoCloseable {
    private final BrowserPool pool;
    private final Tags tags;
    private final List<Binding> bindings = new CopyOnWriteArrayList<>();

    /** The numbers of this pool. */
    public BrowserPoolMetrics(BrowserPool pool) {
        this(pool, Tags.empty());
    }

    /** The same with tags of your own, beside {@code pool}. */
    public BrowserPoolMetrics(BrowserPool pool, Iterable<Tag> tags) {
        this.pool = pool;
        this.tags = Tags.concat(tags, "pool", pool.config().name());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Binding binding = new Binding(pool, registry, tags);
        bindings.add(binding);
        binding.begin();
    }

    /** Listens no more, and takes its meters out of the registries. A second call does nothing. */
    @Override
    public void close() {
        bindings.forEach(Binding::close);
        bindings.clear();
    }
}
