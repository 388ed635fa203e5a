package dev.browserpool.memory;

import dev.browserpool.LeaseLoss;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Admission;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Beat;
import dev.browserpool.spi.Change;
import dev.browserpool.spi.Ending;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.Identity;
import dev.browserpool.spi.Ledger;
import dev.browserpool.spi.LockFacts;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.Refusal;
import dev.browserpool.spi.Release;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.Ticket;
import dev.browserpool.spi.Which;
import dev.browserpool.spi.Withdrawal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The transitions of the ledger, for one member. Each is one step of the store. */
final class MemoryLedger implements Ledger {
    private final MemoryStore store;
    private final Desk desk;
    private final String me;

    MemoryLedger(MemoryStore store, String me) {
        this.store = store;
        this.desk = store.desk;
        this.me = me;
    }

    @Override
    public Reply<Beat> join(Identity identity) {
        return store.step(me, () -> {
            if (store.member(me) == null) {
                store.admit(new Member(identity));
            }
            return new Beat.Confirmed(store.memberTtl());
        });
    }

    @Override
    public Reply<Admission> submit(Ask ask) {
        return store.step(me, () -> {
            Member member = store.member(me);
            boolean sentBeforeItJoinedAnew = !ask.ticket().member().equals(me);
            if (member == null || member.dead || sentBeforeItJoinedAnew) {
                return new Admission.NotJoined();
            }
            Seat known = member.seats.get(ask.ticket());
            if (known != null) {
                return admission(known);
            }
            Admission admission = admit(ask, member);
            if (admission instanceof Admission.Refused refused) {
                desk.tally.refused(refused.refusal().reason());
            }
            return admission;
        });
    }

    private Admission admit(Ask ask, Member member) {
        SlotRequest request = ask.request();
        Seat namesake = desk.ids.get(request.requestId());
        if (namesake != null) {
            return new Admission.Refused(new Refusal.DuplicateId(namesake.state));
        }
        if (request.parentRequestId().isPresent()) {
            return admitChild(ask, member, request.parentRequestId().get());
        }
        Profile profile = request.profile()
                .map(claim -> desk.line.profile(claim.profileId()))
                .orElse(null);
        Seat seat = desk.seatFor(ask, member, profile, null);
        boolean conflict = profile != null && (!profile.hasRoomFor(seat) || profile.line.size() > 0);
        if (profile != null && conflict && refusesConflict(request)) {
            return new Admission.Refused(new Refusal.Conflict(profile.id, owner(profile)));
        }
        seat.conflict = conflict;
        desk.enqueueAndServe(seat);
        if (seat.state != SlotState.WAITING) {
            return admission(seat);
        }
        Optional<Refusal> refusal = mayNotStay(seat);
        if (refusal.isPresent()) {
            desk.turnAway(seat);
            return new Admission.Refused(refusal.get());
        }
        return admission(seat);
    }

    private Admission admitChild(Ask ask, Member member, String parentId) {
        Seat parent = desk.ids.get(parentId);
        if (parent == null || parent.state != SlotState.RUNNING) {
            return new Admission.Refused(new Refusal.ParentNotRunning(parentId));
        }
        Seat child = desk.seatFor(ask, member, null, parent);
        desk.startChild(child, parent);
        return admission(child);
    }

    private static boolean refusesConflict(SlotRequest request) {
        return request.profile()
                .filter(claim -> claim.onConflict() == ProfileClaim.OnConflict.REFUSE)
                .isPresent();
    }

    private Optional<Refusal> mayNotStay(Seat seat) {
        Profile profile = seat.profile;
        if (!seat.ask.mayWait()) {
            return Optional.of(
                    new Refusal.WouldWait(Facts.wait(seat, desk.line.position(seat), desk.leases, desk.clock.now())));
        }
        if (desk.line.size() > desk.maxQueued) {
            return Optional.of(new Refusal.LineFull(desk.line.size() - 1, desk.maxQueued, Optional.empty()));
        }
        if (profile != null && profile.line.size() > desk.maxQueuedPerProfile) {
            return Optional.of(
                    new Refusal.LineFull(profile.line.size() - 1, desk.maxQueuedPerProfile, Optional.of(profile.id)));
        }
        return Optional.empty();
    }

    private Admission admission(Seat seat) {
        return seat.state == SlotState.WAITING
                ? new Admission.Queued(desk.line.position(seat), seat.conflict, owner(seat.profile))
                : new Admission.Granted(grant(seat));
    }

    @Override
    public Reply<Withdrawal> withdraw(Ticket ticket, Outcome outcome) {
        return store.step(me, () -> {
            Seat seat = mine(ticket);
            if (seat == null) {
                return new Withdrawal.Unknown();
            }
            if (seat.state != SlotState.WAITING) {
                return new Withdrawal.Granted(grant(seat));
            }
            var wait = Facts.wait(seat, desk.line.position(seat), desk.leases, desk.clock.now());
            Ending unused = desk.leaveLine(seat, outcome.state(), outcome.reason());
            return new Withdrawal.Gone(wait);
        });
    }

    @Override
    public Reply<Release> release(Ticket ticket, long token, Outcome outcome) {
        return store.step(me, () -> {
            Seat seat = held(ticket, token);
            return seat == null
                    ? new Release.NotHeld()
                    : new Release.Ended(desk.free(seat, outcome.state(), outcome.reason()));
        });
    }

    @Override
    public Reply<Boolean> change(Ticket ticket, long token, Change change) {
        return store.step(me, () -> {
            Seat seat = held(ticket, token);
            if (seat != null && change instanceof Change.Releasing) {
                seat.releasing = true;
            }
            return seat != null;
        });
    }

    @Override
    public Reply<List<String>> stop(Which which, LeaseLoss.Reason why, String message) {
        return store.step(me, () -> new Stops(desk).stop(which, why, message));
    }

    @Override
    public Reply<Beat> beat(int leases, int waiters) {
        return store.step(me, () -> {
            Member member = store.member(me);
            if (member == null || member.dead) {
                return new Beat.Rejoin();
            }
            store.renew(member);
            desk.remind(member);
            boolean same = member.leases == leases && member.seats.size() - member.leases == waiters;
            return same ? new Beat.Confirmed(store.memberTtl()) : new Beat.Mismatch(store.memberTtl());
        });
    }

    @Override
    public Reply<Boolean> leave() {
        return store.step(me, () -> {
            Member member = store.member(me);
            if (member == null) {
                return false;
            }
            new Stops(desk).endAllOf(member);
            store.dismiss(member);
            return true;
        });
    }

    @Override
    public Reply<Integer> govern(Act act) {
        return store.step(me, () -> new Governing(desk).act(act));
    }

    @Override
    public <T> T read(Query<T> query) {
        return store.look(() -> new Answers(store, me).to(query));
    }

    private @Nullable Seat mine(Ticket ticket) {
        Member member = store.member(ticket.member()); // not "me": who joined anew still confirms what it held before
        return member == null ? null : member.seats.get(ticket);
    }

    private @Nullable Seat held(Ticket ticket, long token) {
        Seat seat = mine(ticket);
        return seat != null && seat.state.holdsSlot() && seat.token == token ? seat : null;
    }

    private Grant grant(Seat seat) {
        return Facts.grant(seat, desk.clock.now());
    }

    private Optional<LockFacts> owner(@Nullable Profile profile) {
        return Facts.owner(profile, desk.clock.now());
    }
}
