package dev.browserpool.memory;

import dev.browserpool.LeaseLoss;
import dev.browserpool.ProfileHome;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Claims;
import dev.browserpool.spi.Claims.Claimant;
import dev.browserpool.spi.Ticket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A member comes back with what it had: what the ledger has forgotten is learned again. Touched under the ledger's lock only. */
final class Claiming {
    private final Desk desk;
    private final Member member;
    private final Set<Ticket> refused = new HashSet<>();

    Claiming(Desk desk, Member member) {
        this.desk = desk;
        this.member = member;
    }

    /** Returns those that stay with nobody. */
    Set<Ticket> all(Claims claims) {
        desk.grownTo(0, claims.newestToken());
        for (Claims.Lease lease : claims.leases()) {
            if (!holds(lease)) {
                refused.add(lease.claimant().ticket());
            }
        }
        for (Claims.Place place : claims.line()) {
            if (!waits(place)) {
                refused.add(place.claimant().ticket());
            }
        }
        desk.loadTesting.claimed(claims.loadTest(), member, claims.last()).ifPresent(refused::add);
        return refused;
    }

    private boolean holds(Claims.Lease claim) {
        desk.grownTo(claim.claimant().arrival(), claim.token());
        Seat seat = member.seats.get(claim.claimant().ticket());
        if (seat != null && seat.state.holdsSlot() && seat.token == claim.token()) {
            confirm(seat, claim);
            return true;
        }
        if (!desk.recovering || !claim.isSure()) {
            return false; // by now it may be another's
        }
        if (seat != null) {
            desk.exits.unlearn(seat);
        }
        return reinstate(claim);
    }

    private void confirm(Seat seat, Claims.Lease claim) {
        resume(seat, claim);
        if (seat.state == SlotState.RUNNING) {
            desk.leases.dueAt(seat, seat.mustEndAt);
            claim.loss().ifPresent(loss -> desk.exits.stop(seat, loss.reason(), loss.message()));
        }
    }

    private boolean reinstate(Claims.Lease claim) {
        SlotRequest request = claim.claimant().request();
        Seat namesake = desk.ids.get(request.requestId());
        if (namesake != null && namesake.state.holdsSlot()) {
            return false;
        }
        Seat parent = request.parentRequestId().map(desk.ids::get).orElse(null);
        if (request.parentRequestId().isPresent() && (parent == null || parent.state != SlotState.RUNNING)) {
            return false;
        }
        if (namesake != null) {
            desk.exits.tell(
                    namesake,
                    desk.exits.leaveLine(namesake, SlotState.CANCELLED, "a running request of the same id came back"));
        }
        Seat seat = known(claim.claimant(), parent);
        seat.token = claim.token();
        seat.state = SlotState.RUNNING;
        seat.grantedAt = desk.clock.now() - claim.grantedAgo().toNanos();
        resume(seat, claim);
        seat.dueAt = seat.mustEndAt;
        member.leases++;
        desk.leases.add(seat);
        if (parent == null) {
            seat.load.running++;
        } else {
            parent.addChild(seat);
        }
        if (seat.profile != null) {
            own(seat, seat.profile);
        }
        claim.loss().ifPresent(loss -> desk.exits.stop(seat, loss.reason(), loss.message()));
        return true;
    }

    /** What the holder knows better than the ledger. */
    private void resume(Seat seat, Claims.Lease claim) {
        seat.mustEndAt = PoolClock.later(desk.clock.now(), claim.endsIn().toNanos());
        seat.extended = claim.extended().toNanos();
        seat.note(claim.progress());
        if (claim.opened() && seat.profile != null) {
            seat.opened = true;
            ProfileHome home = seat.profile.home;
            if (home == null || home.token() < seat.token) {
                seat.profile.home = new ProfileHome(member.identity.host(), seat.token);
            }
        }
    }

    /** The greater token is the younger truth: whoever has a smaller one, and cannot share, has to stop. */
    private void own(Seat seat, Profile profile) {
        List<Seat> others = List.copyOf(profile.owners);
        int place = 0;
        while (place < others.size() && others.get(place).token < seat.token) {
            place++;
        }
        profile.owners.add(place, seat);
        desk.line.refresh(profile);
        for (Seat other : others) {
            if (seat.exclusive() || other.exclusive()) {
                Seat older = other.token < seat.token ? other : seat;
                desk.exits.stop(
                        older, LeaseLoss.Reason.LOST, "profile " + profile.id + " has a newer owner, who came back");
            }
        }
    }

    private boolean waits(Claims.Place claim) {
        Seat seat = member.seats.get(claim.claimant().ticket());
        if (seat != null) {
            if (seat.profile != null && seat.state.holdsSlot() && seat.token <= claim.parkedToken()) {
                desk.exits.park(seat, seat.profile); // the ledger has forgotten that it was
            }
            return true;
        }
        if (desk.ids.containsKey(claim.claimant().request().requestId())) {
            return false;
        }
        seat = known(claim.claimant(), null);
        seat.parkedToken = claim.parkedToken();
        if (seat.profile != null) {
            desk.custody.welcome(seat, seat.profile);
        }
        desk.line.enqueue(seat);
        return true;
    }

    private Seat known(Claimant claimant, @Nullable Seat parent) {
        SlotRequest request = claimant.request();
        Seat seat = new Seat(
                new Ask(claimant.ticket(), request, true, claimant.maxDuration()),
                member,
                desk.tally.load(request.type()),
                claimant.arrival(),
                desk.clock.now() - claimant.requestedAgo().toNanos(),
                request.profile().map(of -> desk.line.profile(of.profileId())).orElse(null),
                parent);
        desk.grownTo(claimant.arrival(), 0);
        desk.ids.put(request.requestId(), seat);
        member.seats.put(claimant.ticket(), seat);
        return seat;
    }
}
