package dev.browserpool.contract;

import dev.browserpool.LeaseLoss;
import dev.browserpool.contract.Wire.Call;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Admission;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Beat;
import dev.browserpool.spi.Change;
import dev.browserpool.spi.Changed;
import dev.browserpool.spi.Claims;
import dev.browserpool.spi.Governed;
import dev.browserpool.spi.Identity;
import dev.browserpool.spi.Joined;
import dev.browserpool.spi.Ledger;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.Release;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.Ticket;
import dev.browserpool.spi.Which;
import dev.browserpool.spi.Withdrawal;
import java.util.List;

/** A ledger at the other end of a {@link Wire}. */
record FaultyLedger(Ledger real, Wire wire) implements Ledger {
    @Override
    public Reply<Joined> join(Identity identity) {
        return wire.call(Call.JOIN, () -> real.join(identity));
    }

    @Override
    public Reply<Joined> rejoin(Identity identity, Claims claims) {
        return wire.call(Call.REJOIN, () -> real.rejoin(identity, claims));
    }

    @Override
    public Reply<Admission> submit(Ask ask) {
        return wire.call(Call.SUBMIT, () -> real.submit(ask));
    }

    @Override
    public Reply<Withdrawal> withdraw(Ticket ticket, Outcome outcome) {
        return wire.call(Call.WITHDRAW, () -> real.withdraw(ticket, outcome));
    }

    @Override
    public Reply<Release> release(Ticket ticket, long token, Outcome outcome) {
        return wire.call(Call.RELEASE, () -> real.release(ticket, token, outcome));
    }

    @Override
    public Reply<Changed> change(Ticket ticket, long token, Change change) {
        return wire.call(Call.CHANGE, () -> real.change(ticket, token, change));
    }

    @Override
    public Reply<List<String>> stop(Which which, LeaseLoss.Reason why, String message) {
        return wire.call(Call.STOP, () -> real.stop(which, why, message));
    }

    @Override
    public Reply<Beat> beat(int leases, int waiters) {
        return wire.call(Call.BEAT, () -> real.beat(leases, waiters));
    }

    @Override
    public Reply<Boolean> leave() {
        return wire.call(Call.LEAVE, real::leave);
    }

    @Override
    public Reply<Governed> govern(Act act) {
        return wire.call(Call.GOVERN, () -> real.govern(act));
    }

    @Override
    public <T> T read(Query<T> query) {
        return wire.call(Call.READ, () -> real.read(query));
    }
}
