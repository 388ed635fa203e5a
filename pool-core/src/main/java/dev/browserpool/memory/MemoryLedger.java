package dev.browserpool.memory;

import dev.browserpool.LeaseLoss;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Admission;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Beat;
import dev.browserpool.spi.Change;
import dev.browserpool.spi.Changed;
import dev.browserpool.spi.Claims;
import dev.browserpool.spi.Ending;
import dev.browserpool.spi.Governed;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.Identity;
import dev.browserpool.spi.Joined;
import dev.browserpool.spi.Ledger;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.PoolTime;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.Release;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.Ticket;
import dev.browserpool.spi.Which;
import dev.browserpool.spi.Withdrawal;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The transitions of the ledger, for one member. Each is one step of the store. */
final class MemoryLedger implements Ledger {
    private final MemoryStore store;
    private final String me;

    /** Whether the caller has read the clock already, and what it said. */
    private final boolean isRead;

    private final long read;

    MemoryLedger(MemoryStore store, String me) {
        this(store, me, false, 0);
    }

    private MemoryLedger(MemoryStore store, String me, boolean isRead, long read) {
        this.store = store;
        this.me = me;
        this.isRead = isRead;
        this.read = read;
    }

    @Override
    public Ledger asOf(PoolTime clock, long nanos) {
        return clock == store.time() ? new MemoryLedger(store, me, true, nanos) : this;
    }

    private <T> Reply<T> step(Supplier<T> transition) {
        return store.step(me, isRead ? read : store.time().nanos(), transition);
    }

    private Desk desk() {
        return store.desk;
    }

    @Override
    public Reply<Joined> join(Identity identity) {
        return step(() -> {
            if (store.member(me) == null) {
                store.admit(new Member(identity));
            }
            return joined(Set.of());
        });
    }

    @Override
    public Reply<Joined> rejoin(Identity identity, Claims claims) {
        return step(() -> {
            Member member = store.readmit(identity);
            Set<Ticket> refused = new Claiming(desk(), member).all(claims);
            if (claims.last()) {
                store.hasReturned(member);
                desk().exits.remind(member);
            }
            return joined(refused);
        });
    }

    private Joined joined(Set<Ticket> refused) {
        return new Joined(store.memberTtl(), store.epoch(), refused);
    }

    @Override
    public Reply<Admission> submit(Ask ask) {
        return step(() -> {
            Member member = store.member(me);
            boolean sentBeforeItJoinedAnew = !ask.ticket().member().equals(me);
            if (member == null || member.isDead(desk().clock.now()) || sentBeforeItJoinedAnew) {
                return new Admission.NotJoined(store.epoch());
            }
            Seat known = member.seats.get(ask.ticket());
            if (known != null) {
                return desk().entrance.admission(known);
            }
            Admission admission = desk().entrance.admit(ask, member);
            if (admission instanceof Admission.Refused refused) {
                desk().tally.refused(refused.refusal().reason());
            }
            return admission;
        });
    }

    @Override
    public Reply<Withdrawal> withdraw(Ticket ticket, Outcome outcome) {
        return step(() -> {
            Seat seat = mine(ticket);
            if (seat == null) {
                return new Withdrawal.Unknown();
            }
            if (seat.state != SlotState.WAITING) {
                return new Withdrawal.Granted(grant(seat));
            }
            var wait = Facts.wait(seat, desk());
            Ending unused = desk().exits.leaveLine(seat, outcome.state(), outcome.reason());
            return new Withdrawal.Gone(wait);
        });
    }

    @Override
    public Reply<Release> release(Ticket ticket, long token, Outcome outcome) {
        return step(() -> {
            Seat seat = held(ticket, token);
            if (seat == null) {
                store.refuseIfExpected(me);
                return new Release.NotHeld();
            }
            return new Release.Ended(desk().exits.free(seat, outcome.state(), outcome.reason(), outcome.profile()));
        });
    }

    @Override
    public Reply<Changed> change(Ticket ticket, long token, Change change) {
        return step(() -> {
            Seat seat = mine(ticket);
            Changed changed = seat == null ? new Changed.NotHeld() : new Changes(desk(), seat, token).make(change);
            if (changed instanceof Changed.NotHeld && held(ticket, token) == null) {
                store.refuseIfExpected(me);
            }
            return changed;
        });
    }

    @Override
    public Reply<List<String>> stop(Which which, LeaseLoss.Reason why, String message) {
        return step(() -> new Stops(desk(), this::held).stop(which, why, message));
    }

    @Override
    public Reply<Beat> beat(int leases, int waiters) {
        return step(() -> {
            Member member = store.member(me);
            if (member == null || member.isDead(desk().clock.now())) {
                return new Beat.Rejoin(store.epoch());
            }
            store.renew(member);
            desk().exits.remind(member);
            boolean same = member.leases == leases && member.seats.size() - member.leases == waiters;
            return same ? new Beat.Confirmed(store.memberTtl()) : new Beat.Mismatch(store.memberTtl());
        });
    }

    @Override
    public Reply<Boolean> leave() {
        return step(() -> {
            Member member = store.memberOrAbsent(me);
            if (member == null) {
                return false;
            }
            desk().loadTesting.gone(member, "its pool was closed");
            new Stops(desk(), this::held).endAllOf(member);
            store.dismiss(member);
            return true;
        });
    }

    @Override
    public Reply<Governed> govern(Act act) {
        return step(() -> new Governing(desk(), store.member(me)).act(act));
    }

    @Override
    public <T> T read(Query<T> query) {
        return store.look(() -> new Answers(store, me).to(query));
    }

    private @Nullable Seat mine(Ticket ticket) {
        Member member =
                store.memberOrAbsent(ticket.member()); // not "me": who joined anew still confirms what it held before
        return member == null ? null : member.seats.get(ticket);
    }

    private @Nullable Seat held(Ticket ticket, long token) {
        Seat seat = mine(ticket);
        return seat != null && seat.state.holdsSlot() && seat.token == token ? seat : null;
    }

    private Grant grant(Seat seat) {
        return Facts.grant(seat, desk().clock.now());
    }
}
