package dev.browserpool.engine;

import dev.browserpool.LoadTest;
import dev.browserpool.LoadTestLease;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.spi.LoadTestFacts;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pool in the hands of a load test of this member. */
final class HeldLoadTest implements LoadTestLease {
    private static final Logger log = LoggerFactory.getLogger(HeldLoadTest.class);

    final Ticket ticket;
    private final Core core;
    private final LoadTests tests;
    private final LoadTest view;
    private final long beganAt;
    private final long endsAt;
    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** As it was when it was asked for. */
    HeldLoadTest(Core core, LoadTests tests, Ticket ticket, LoadTestFacts facts, long askedAt) {
        this.core = core;
        this.tests = tests;
        this.ticket = ticket;
        this.view = core.views.loadTest(facts);
        this.beganAt = askedAt - facts.since().toNanos();
        this.endsAt = EngineTime.plus(askedAt, facts.endsIn());
    }

    @Override
    public LoadTest loadTest() {
        return view;
    }

    @Override
    public boolean isValid() {
        return !closed.get() && !lost.isDone() && core.trust.holds() && core.time.now() < endsAt;
    }

    @Override
    public void onLost(Consumer<String> listener) {
        CompletableFuture<Void> unused = lost.thenAcceptAsync(
                reason -> {
                    try {
                        listener.accept(reason);
                    } catch (RuntimeException | Error e) {
                        log.warn("a listener for the loss of {} failed", view.describe(), e);
                    }
                },
                core.dispatcher::aboutLease);
    }

    @Override
    public boolean awaitDrained(Duration howLong) throws InterruptedException {
        AtomicReference<@Nullable StoreUnavailableException> away = new AtomicReference<>();
        boolean drained =
                tests.await(() -> !isValid() || isDrained(away), Operations.countable("howLong", howLong)) && isValid();
        StoreUnavailableException failure = away.get();
        if (!drained && isValid() && failure != null) {
            throw failure;
        }
        return drained;
    }

    /** Without an answer of the store it goes on asking, for as long as it waits anyway: an outage alone ends no load test. */
    private boolean isDrained(AtomicReference<@Nullable StoreUnavailableException> away) {
        try {
            away.set(null);
            return tests.stillRunning().isEmpty();
        } catch (StoreUnavailableException e) {
            away.set(e);
            return false;
        }
    }

    /** Others have ended it. Once; not if it was closed before. */
    boolean lose(String reason) {
        return !closed.get() && lost.complete(reason);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true) && !lost.isDone()) {
            tests.end(this);
        }
    }

    /** For a store that has forgotten it; empty if it is not to be claimed any more. */
    Optional<LoadTestFacts> claim() {
        long now = core.time.now();
        return isValid()
                ? Optional.of(new LoadTestFacts(
                        Optional.of(ticket),
                        view.runId(),
                        view.who(),
                        Duration.ofNanos(now - beganAt),
                        Duration.ofNanos(endsAt - now)))
                : Optional.empty();
    }
}
