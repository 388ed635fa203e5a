package dev.browserpool.memory;

import dev.browserpool.Holder;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotRequest;
import dev.browserpool.spi.BlockFacts;
import dev.browserpool.spi.Busy;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.LockFacts;
import dev.browserpool.spi.ProfileFacts;
import dev.browserpool.spi.SlotFacts;
import dev.browserpool.spi.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Seats as what crosses the seam: immutable, and durations instead of times. */
final class Facts {
    private static final int MAX_HOLDERS = 10;

    private Facts() {}

    static SlotFacts slot(Seat seat, long now) {
        return slot(seat, now, Optional.empty());
    }

    static SlotFacts ended(Seat seat, long now) {
        return slot(seat, now, Optional.of(new SlotFacts.Ending(Duration.ofNanos(now - seat.endedAt), seat.reason)));
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
        return new Grant(
                seat.token,
                seat.arrival,
                endsIn(seat, now),
                profile == null ? Optional.empty() : Optional.of(ofProfile(seat, profile, now)));
    }

    /** At the moment of the grant it is what was asked for, and need not be made anew. */
    private static Duration endsIn(Seat seat, long now) {
        long nanos = seat.mustEndAt - now;
        Duration asked = seat.ask.maxDuration();
        return nanos == asked.toNanos() ? asked : Duration.ofNanos(nanos);
    }

    private static Grant.OfProfile ofProfile(Seat seat, Profile profile, long now) {
        return new Grant.OfProfile(
                lock(seat, profile, now),
                Optional.ofNullable(seat.recoveredFrom).map(vanished -> lock(vanished, profile, now)),
                profile.rule.onStale(),
                Optional.ofNullable(profile.home));
    }

    static LockFacts lock(Seat seat, Profile profile, long now) {
        return new LockFacts(
                profile.id, status(seat), !seat.exclusive(), owner(seat), seat.token, times(seat, now), seat.progress);
    }

    private static ProfileLock.Owner owner(Seat seat) {
        SlotRequest r = seat.request();
        return new ProfileLock.Owner(
                r.requestId(),
                r.type(),
                r.taskId(),
                r.workerId(),
                r.accountId(),
                seat.proxyId(),
                seat.member.identity.member(),
                seat.member.identity.host(),
                seat.member.identity.processId());
    }

    /** Of an owner that has ended, as it was then: its member may live on. */
    private static LockFacts.Times times(Seat seat, long now) {
        Member member = seat.member;
        boolean ended = seat.state.isFinal();
        long lastBeat = ended ? seat.lastBeat : member.isMortal() ? member.lastBeat : now;
        long staleAt = ended ? seat.staleAt : member.staleAt;
        return new LockFacts.Times(
                Duration.ofNanos(now - seat.grantedAt),
                Duration.ofNanos(now - lastBeat),
                member.isMortal() ? Optional.of(Duration.ofNanos(staleAt - now)) : Optional.empty(),
                Duration.ofNanos(seat.mustEndAt - now));
    }

    private static ProfileStatus status(Seat owner) {
        if (owner.unclean) {
            return ProfileStatus.FAILED;
        }
        if (owner.vanished) {
            return ProfileStatus.STALE;
        }
        return owner.releasing ? ProfileStatus.RELEASING : ProfileStatus.RUNNING;
    }

    static BlockFacts block(Block block, long now) {
        return new BlockFacts(
                block.profile.id,
                block.status,
                block.who,
                block.why,
                Duration.ofNanos(now - block.since),
                block.until == Block.NEVER ? Optional.empty() : Optional.of(Duration.ofNanos(block.until - now)));
    }

    static ProfileFacts profile(Profile profile, long now) {
        return new ProfileFacts(
                profile.id,
                profile.owners.stream().map(seat -> lock(seat, profile, now)).toList(),
                Optional.ofNullable(profile.vanished).map(seat -> lock(seat, profile, now)),
                profile.blocks().stream().map(block -> block(block, now)).toList(),
                profile.line.size(),
                Optional.ofNullable(profile.home),
                profile.rule);
    }

    /** Why a profile cannot be had: its gravest block, or its oldest owner, or its line. */
    static Busy busy(Profile profile, long now) {
        return busy(profile, profile.blocks(), now);
    }

    /** Why this one cannot have it: never because it is kept for its own task. */
    static Busy busyFor(Seat seat, Profile profile, long now) {
        List<Block> blocks = profile.blocks().stream()
                .filter(block -> block != profile.kept || !profile.isKeptForTaskOf(seat))
                .toList();
        return busy(profile, blocks, now);
    }

    private static Busy busy(Profile profile, List<Block> blocks, long now) {
        Optional<BlockFacts> block = blocks.stream().findFirst().map(b -> block(b, now));
        Optional<LockFacts> owner = profile.owners.stream().findFirst().map(seat -> lock(seat, profile, now));
        Optional<Duration> freeIn = block.isPresent()
                ? block.flatMap(BlockFacts::endsIn)
                : owner.map(lock -> lock.times().endsIn());
        return new Busy(profile.id, owner, block, freeIn);
    }

    static Wait wait(Seat seat, Desk desk) {
        long now = desk.clock.now();
        List<Holder> holders = new ArrayList<>(MAX_HOLDERS);
        for (Seat s = desk.leases.oldest(); s != null && holders.size() < MAX_HOLDERS; s = s.after) {
            holders.add(new Holder(s.id(), s.request().type(), Duration.ofNanos(now - s.grantedAt)));
        }
        Optional<Busy> profile = Optional.ofNullable(seat.profile)
                .map(p -> busyFor(seat, p, now))
                .filter(busy -> busy.owner().isPresent() || busy.block().isPresent());
        return new Wait(desk.line.position(seat), holders, profile, desk.pace(), desk.loadTesting.facts(now));
    }
}
