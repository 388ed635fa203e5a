package dev.browserpool.contract;

import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Identity;
import dev.browserpool.spi.Ledger;
import dev.browserpool.spi.Signals;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Any backend, seen over a {@link Wire} that a test can cut, shake and garble. */
public final class FaultyBackend implements Backend {
    private final Backend real;
    private final Wire wire = new Wire();

    /** Over a wire that works, until the test does something to it. */
    public FaultyBackend(Backend real) {
        this.real = real;
    }

    /** The wire. */
    public Wire wire() {
        return wire;
    }

    @Override
    public Identity identity() {
        return real.identity();
    }

    @Override
    public Identity renew() {
        wire.renewal();
        return real.renew();
    }

    @Override
    public Ledger ledger() {
        return new FaultyLedger(real.ledger(), wire);
    }

    @Override
    public Signals signals() {
        return (receiver, gap) -> {
            wire.ifMissed(gap);
            real.signals().listen(signal -> wire.deliver(signal, receiver), () -> wire.gap(gap));
        };
    }

    @Override
    public Executor calls() {
        return call -> {
            wire.thread();
            real.calls().execute(call);
        };
    }

    @Override
    public Executor callsOfWaiters() {
        return call -> {
            wire.thread();
            real.callsOfWaiters().execute(call);
        };
    }

    @Override
    public Duration memberTtl() {
        return real.memberTtl();
    }

    @Override
    public void close() {
        real.close();
    }
}
