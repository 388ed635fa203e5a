package dev.browserpool.memory;

import dev.browserpool.Holder;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotRequest;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.LockFacts;
import dev.browserpool.spi.SlotFacts;
import dev.browserpool.spi.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Seats as what crosses the seam: immutable, and durations instead of times. */
final class Facts {
    private static final int MAX_HOLDERS = 10;

    private Facts() {}

    static SlotFacts slot(Seat seat, long now) {
        return slot(seat, now, Optional.empty());
    }

    static SlotFacts ended(Seat seat, String reason, long endedAt, long now) {
        return slot(seat, now, Optional.of(new SlotFacts.Ending(Duration.ofNanos(now - endedAt), reason)));
    }

    private static SlotFacts slot(Seat seat, long now, Optional<SlotFacts.Ending> ending) {
        return new SlotFacts(
                seat.ask.ticket(),
                seat.request(),
                seat.state,
                Duration.ofNanos(now - seat.requestedAt),
                seat.token == 0 ? Optional.empty() : Optional.of(held(seat, now)),
                ending);
    }

    private static SlotFacts.Held held(Seat seat, long now) {
        return new SlotFacts.Held(
                seat.token,
                Duration.ofNanos(now - seat.grantedAt),
                Duration.ofNanos(seat.mustEndAt - now),
                seat.request().parentRequestId());
    }

    static Grant grant(Seat seat, long now) {
        Profile profile = seat.profile;
        Seat vanished = seat.recoveredFrom;
        return new Grant(
                seat.token,
                Duration.ofNanos(seat.mustEndAt - now),
                profile == null ? Optional.empty() : Optional.of(lock(seat, profile, now)),
                profile == null || vanished == null ? Optional.empty() : Optional.of(lock(vanished, profile, now)));
    }

    static LockFacts lock(Seat seat, Profile profile, long now) {
        SlotRequest r = seat.request();
        ProfileLock.Owner owner = new ProfileLock.Owner(
                r.requestId(),
                r.type(),
                r.taskId(),
                r.workerId(),
                r.accountId(),
                r.proxyId(),
                seat.member.identity.member(),
                seat.member.identity.host(),
                seat.member.identity.processId());
        return new LockFacts(
                profile.id,
                status(seat),
                !seat.exclusive(),
                owner,
                seat.token,
                Duration.ofNanos(now - seat.grantedAt),
                Duration.ofNanos(seat.mustEndAt - now));
    }

    private static ProfileStatus status(Seat owner) {
        if (!owner.state.holdsSlot()) {
            return ProfileStatus.STALE;
        }
        return owner.releasing ? ProfileStatus.RELEASING : ProfileStatus.RUNNING;
    }

    /** The oldest owner of a profile. */
    static Optional<LockFacts> owner(@Nullable Profile profile, long now) {
        return profile == null
                ? Optional.empty()
                : profile.owners.stream().findFirst().map(seat -> lock(seat, profile, now));
    }

    static Wait wait(Seat seat, int position, Leases leases, long now) {
        List<Holder> holders = new ArrayList<>(MAX_HOLDERS);
        for (Seat s = leases.oldest(); s != null && holders.size() < MAX_HOLDERS; s = s.after) {
            holders.add(new Holder(s.id(), s.request().type(), Duration.ofNanos(now - s.grantedAt)));
        }
        return new Wait(position, holders, owner(seat.profile, now));
    }
}
