package dev.browserpool.memory;

import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Admission;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way in: a newcomer is granted, stays in line, or is refused. Touched under the ledger's lock only. */
final class Entrance {
    private final Desk desk;

    Entrance(Desk desk) {
        this.desk = desk;
    }

    /** Returns what becomes of it. */
    Admission admit(Ask ask, Member member) {
        SlotRequest request = ask.request();
        Seat namesake = desk.ids.get(request.requestId());
        if (namesake != null) {
            return refused(new Refusal.DuplicateId(namesake.state));
        }
        if (request.parentRequestId().isPresent()) {
            return admitChild(ask, member, request.parentRequestId().get());
        }
        if (desk.loadTesting.isOn() && !ask.waitsForLoadTest()) {
            return refused(new Refusal.LoadTest(
                    desk.loadTesting.facts(desk.clock.now()).orElseThrow()));
        }
        Profile profile = request.profile()
                .map(claim -> desk.line.profile(claim.profileId()))
                .orElse(null);
        Seat seat = desk.seatFor(ask, member, profile, null);
        Optional<Refusal> refusal = profile == null ? Optional.empty() : meets(seat, profile);
        if (refusal.isPresent()) {
            return refused(refusal.get(), seat, profile);
        }
        desk.enqueueAndServe(seat);
        if (seat.state != SlotState.WAITING) {
            return admission(seat);
        }
        refusal = mayNotStay(seat);
        if (refusal.isPresent()) {
            desk.exits.turnAway(seat);
            return refused(refusal.get(), seat, profile);
        }
        return admission(seat);
    }

    /** What a request finds that wants a profile. */
    private Optional<Refusal> meets(Seat seat, Profile profile) {
        SlotRequest request = seat.request();
        Optional<String> required = profile.rule.proxyId();
        if (required.isPresent() && !request.proxyId().orElse(required.get()).equals(required.get())) {
            String asked = request.proxyId().orElseThrow();
            desk.custody.refused(profile, seat, asked, required.get());
            return Optional.of(new Refusal.OtherProxy(profile.id, asked, required.get()));
        }
        desk.custody.welcome(seat, profile);
        if (!profile.isBusyFor(seat)) {
            return Optional.empty();
        }
        seat.conflict = Optional.of(Facts.busyFor(seat, profile, desk.clock.now()));
        if (!refusesConflict(request)) {
            return Optional.empty();
        }
        Block quarantine = profile.quarantine;
        return Optional.of(
                quarantine == null
                        ? new Refusal.Conflict(seat.conflict.get())
                        : new Refusal.Quarantined(Facts.block(quarantine, desk.clock.now())));
    }

    private Admission refused(Refusal refusal, Seat seat, @Nullable Profile profile) {
        if (profile != null) {
            profile.isNotKeptFor(seat);
            desk.line.tidy(profile);
        }
        return new Admission.Refused(refusal, seat.conflict);
    }

    private static Admission refused(Refusal refusal) {
        return new Admission.Refused(refusal, Optional.empty());
    }

    private Admission admitChild(Ask ask, Member member, String parentId) {
        Seat parent = desk.ids.get(parentId);
        if (parent == null || parent.state != SlotState.RUNNING) {
            return refused(new Refusal.ParentNotRunning(parentId));
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
            return Optional.of(new Refusal.WouldWait(Facts.wait(seat, desk)));
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

    /** Where it stands, or what it got. */
    Admission admission(Seat seat) {
        return seat.state == SlotState.WAITING
                ? new Admission.Queued(desk.line.position(seat), seat.arrival, seat.conflict)
                : new Admission.Granted(Facts.grant(seat, desk.clock.now()));
    }
}
