package dev.browserpool.engine;

import dev.browserpool.LeaseLoss;
import dev.browserpool.PoolEvent;
import dev.browserpool.PoolOperations;
import dev.browserpool.PoolStatus;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Governed;
import dev.browserpool.spi.LinePage;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.Which;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What an operator may do, as calls of the ledger. */
final class Operations implements PoolOperations {
    private static final int MAX_PAGE = 10_000;
    static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE / 2);

    private final Core core;

    Operations(Core core) {
        this.core = core;
    }

    @Override
    public boolean revoke(String requestId, String reason) {
        Objects.requireNonNull(requestId, "requestId");
        return !stop(new Which.Running(requestId), Objects.requireNonNull(reason, "reason"))
                .isEmpty();
    }

    @Override
    public List<String> cleanupStale(Duration maxAge) {
        return stop(
                new Which.OlderThan(countable("maxAge", maxAge)),
                "it was held for longer than " + maxAge + ", an operator cleaned up");
    }

    private List<String> stop(Which which, String reason) {
        return core.calls.order(() -> core.ledger().stop(which, LeaseLoss.Reason.REVOKED, reason));
    }

    @Override
    public void resize(int maxBrowsers) {
        atLeast(1, "maxBrowsers", maxBrowsers);
        int inForce = core.limits.resized(maxBrowsers);
        int before = govern(new Act.Resize(inForce));
        core.events.publish(() -> new PoolEvent.Resized(before, inForce));
    }

    @Override
    public void setMaxQueued(int maxQueued) {
        atLeast(0, "maxQueued", maxQueued);
        int unused = govern(new Act.LineLength(maxQueued));
    }

    @Override
    public void pause(String reason) {
        if (Objects.requireNonNull(reason, "reason").isBlank()) {
            throw new IllegalArgumentException("reason is '" + reason + "', it must say why the pool is paused");
        }
        int unused = govern(new Act.Pause(reason));
        core.events.publish(() -> new PoolEvent.Paused(reason));
    }

    @Override
    public void resume() {
        if (govern(new Act.Resume()) > 0) {
            core.events.publish(PoolEvent.Resumed::new);
        }
    }

    @Override
    public boolean drain(Duration howLong) throws InterruptedException {
        long nanos = countable("howLong", howLong).toNanos();
        pause("draining");
        return core.table.await(this::isIdle, nanos);
    }

    private boolean isIdle() {
        return core.calls
                        .ask(() -> core.ledger().read(new Query.Status()))
                        .load()
                        .used()
                == 0;
    }

    @Override
    public List<PoolStatus.Waiting> line(int offset, int limit) {
        atLeast(0, "offset", offset);
        atLeast(0, "limit", limit);
        LinePage page = core.calls.ask(() -> core.ledger().read(new Query.Line(offset, Math.min(limit, MAX_PAGE))));
        return core.views.line(offset, page.slots(), page.pace());
    }

    @Override
    public int cleanupCompleted(Duration maxAge) {
        return govern(new Act.Forget(countable("maxAge", maxAge)));
    }

    private int govern(Act act) {
        Governed done = core.calls.order(() -> core.ledger().govern(act));
        return ((Governed.Done) done).number();
    }

    static void atLeast(int least, String name, int value) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", it must be at least " + least);
        }
    }

    /** For ever is as long as can be counted in nanoseconds. */
    static Duration countable(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " is " + value + ", it must be zero or more");
        }
        return value.compareTo(FOR_EVER) > 0 ? FOR_EVER : value;
    }
}
