package dev.browserpool.engine;

import dev.browserpool.LoadTest;
import dev.browserpool.LoadTestInProgressException;
import dev.browserpool.LoadTestLease;
import dev.browserpool.LoadTestLock;
import dev.browserpool.LoadTestOptions;
import dev.browserpool.LoadTestRecord;
import dev.browserpool.LoadTestTimeoutException;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.engine.LoadTests.Begun;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Governed;
import dev.browserpool.spi.Identity;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What load tests ask of the pool, as calls of the ledger. */
final class LoadTestDesk implements LoadTestLock {
    private final Core core;
    private final LoadTests tests;

    LoadTestDesk(Core core) {
        this.core = core;
        this.tests = core.loadTests;
    }

    @Override
    public LoadTestLease acquire(String runId, LoadTestOptions options) throws InterruptedException {
        LoadTestLease lease = take(checked(runId, options), options);
        if (options.drainWithin().isEmpty()) {
            return lease;
        }
        boolean drained = false;
        try {
            drained = lease.awaitDrained(options.drainWithin().get());
            if (!drained) {
                tests.requireOpen(runId);
                throw LoadTestTimeoutException.notDrained(
                        runId, options.drainWithin().get(), tests.stillRunning());
            }
            return lease;
        } finally {
            if (!drained) {
                lease.close();
            }
        }
    }

    /** Waits for another one to end. Without an answer of the store it goes on asking, for as long as it waits anyway. */
    private LoadTestLease take(String runId, LoadTestOptions options) throws InterruptedException {
        try (AskingForTest asking = asking(runId, options)) {
            return take(asking, runId, options);
        }
    }

    private LoadTestLease take(AskingForTest asking, String runId, LoadTestOptions options)
            throws InterruptedException {
        AtomicReference<@Nullable Begun> begun = new AtomicReference<>();
        AtomicReference<@Nullable StoreUnavailableException> away = new AtomicReference<>();
        BooleanSupplier attempt = () -> {
            away.set(null);
            try {
                begun.set(asking.attempt());
            } catch (StoreUnavailableException e) {
                away.set(e);
            }
            return isMine(begun.get());
        };
        boolean unused = tests.await(attempt, options.timeout());
        Begun last = begun.get();
        if (last != null && last.lease().isPresent()) {
            return last.lease().get();
        }
        tests.requireOpen(runId);
        StoreUnavailableException failure = away.get();
        if (failure != null || last == null) {
            throw failure != null ? failure : new StoreUnavailableException("the store gave no answer");
        }
        throw LoadTestTimeoutException.busy(runId, options.timeout(), core.views.loadTest(last.test()));
    }

    private static boolean isMine(@Nullable Begun begun) {
        return begun != null && begun.lease().isPresent();
    }

    private AskingForTest asking(String runId, LoadTestOptions options) {
        tests.requireOpen(runId);
        return tests.asking(runId, options.who().orElseGet(this::thisProcess), options.timeLimit());
    }

    @Override
    public Optional<LoadTestLease> tryAcquire(String runId, LoadTestOptions options) {
        try (AskingForTest asking = asking(checked(runId, options), options)) {
            return asking.attempt().lease();
        }
    }

    @Override
    public LoadTest acquireFor(String runId, Duration ttl) {
        String checked = checked(runId, LoadTestOptions.defaults().withTimeLimit(ttl));
        Governed.LoadTesting answer =
                (Governed.LoadTesting) govern(new Act.BeginLoadTest(Optional.empty(), checked, thisProcess(), ttl));
        LoadTest test = core.views.loadTest(answer.test());
        if (!answer.isMeant()) {
            throw new LoadTestInProgressException("load test " + runId, test);
        }
        tests.publishStart(test);
        return test;
    }

    @Override
    public boolean release(String runId) {
        String checked = checked(runId, LoadTestOptions.defaults());
        return end(new Act.EndLoadTest(Optional.empty(), Optional.of(checked), thisProcess(), "it was released"))
                .isPresent();
    }

    @Override
    public Optional<LoadTest> forceRelease(String who, String why) {
        String name = LoadTestOptions.defaults().withWho(who).who().orElseThrow();
        return end(new Act.EndLoadTest(Optional.empty(), Optional.empty(), name, why));
    }

    private Optional<LoadTest> end(Act.EndLoadTest act) {
        if (!(govern(act) instanceof Governed.LoadTesting ended) || !ended.isMeant()) {
            return Optional.empty();
        }
        LoadTest test = core.views.loadTest(ended.test());
        Optional<Ticket> holder = ended.test().holder();
        if (holder.isEmpty() || !core.isMine(holder.get())) { // else it is told as the holder
            tests.publishEnd(test, act.reason() + ", by " + act.by());
        }
        return Optional.of(test);
    }

    private Governed govern(Act act) {
        return core.calls.order(() -> core.ledger().govern(act));
    }

    @Override
    public boolean isActive() {
        return current().isPresent();
    }

    @Override
    public Optional<LoadTest> current() {
        return core.calls.ask(() -> core.ledger().read(new Query.LoadTest())).map(core.views::loadTest);
    }

    @Override
    public void checkAvailable(String operation) {
        current().ifPresent(test -> {
            throw new LoadTestInProgressException(operation, test);
        });
    }

    @Override
    public List<LoadTestRecord> history(int limit) {
        Operations.atLeast(0, "limit", limit);
        return core.calls.ask(() -> core.ledger().read(new Query.LoadTests(limit))).stream()
                .map(core.views::loadTestRecord)
                .toList();
    }

    private String thisProcess() {
        Identity me = core.identity();
        return "process " + me.processId() + " on " + me.host();
    }

    /** What will be shown; refuses what must not be. */
    private static String checked(String runId, LoadTestOptions options) {
        String who = options.who().orElse("somebody");
        return new LoadTest(runId, who, Instant.EPOCH, Instant.EPOCH, Optional.empty()).runId();
    }
}
