package dev.browserpool.engine;

import dev.browserpool.BrowserSlot;
import dev.browserpool.LoadTest;
import dev.browserpool.LoadTestRecord;
import dev.browserpool.PoolStatus;
import dev.browserpool.ProfileBlock;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileRecord;
import dev.browserpool.ProfileView;
import dev.browserpool.SlotRequest;
import dev.browserpool.spi.BlockFacts;
import dev.browserpool.spi.Ending;
import dev.browserpool.spi.LoadTestFacts;
import dev.browserpool.spi.LoadTestRecordFacts;
import dev.browserpool.spi.LockFacts;
import dev.browserpool.spi.Pace;
import dev.browserpool.spi.ProfileFacts;
import dev.browserpool.spi.RecordFacts;
import dev.browserpool.spi.SlotFacts;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What crosses the seam as durations, as what users see: instants of this JVM's wall clock. */
final class Views {
    private final EngineTime time;

    Views(EngineTime time) {
        this.time = time;
    }

    BrowserSlot slot(SlotFacts facts) {
        return slot(facts, time.wall());
    }

    /** Those of one answer, whose ages are of one moment: read clock by clock, one would seem to begin before the other has ended. */
    List<BrowserSlot> slots(List<SlotFacts> facts) {
        Instant now = time.wall();
        return facts.stream().map(slot -> slot(slot, now)).toList();
    }

    private static BrowserSlot slot(SlotFacts facts, Instant now) {
        Duration endedAgo = facts.ending().map(SlotFacts.Ending::endedAgo).orElse(Duration.ZERO);
        Optional<Duration> grantedAgo = facts.grant().map(SlotFacts.Held::grantedAgo);
        return new BrowserSlot(
                facts.request(),
                facts.state(),
                new BrowserSlot.Times(
                        now.minus(millis(facts.requestedAgo())),
                        facts.requestedAgo().minus(grantedAgo.orElse(endedAgo)),
                        grantedAgo.map(ago -> ago.minus(endedAgo)).orElse(Duration.ZERO)),
                facts.grant()
                        .map(g -> new BrowserSlot.Grant(
                                g.token(),
                                now.minus(millis(g.grantedAgo())),
                                now.plus(millis(g.endsIn())),
                                facts.ticket().member(),
                                g.parentRequestId())),
                facts.ending().map(e -> new BrowserSlot.Ending(now.minus(millis(e.endedAgo())), e.reason())));
    }

    /** A request of this member that has ended. */
    BrowserSlot ended(Hold hold, Ending how, long endedAt) {
        Instant wall = time.wall();
        long now = time.now();
        boolean granted = hold.token != 0;
        long waitedUntil = granted ? hold.grantedAt : endedAt;
        return new BrowserSlot(
                hold.request,
                how.state(),
                new BrowserSlot.Times(
                        wall.minus(millis(now - hold.waitingSince)),
                        Duration.ofNanos(waitedUntil - hold.waitingSince),
                        Duration.ofNanos(endedAt - waitedUntil)),
                granted
                        ? Optional.of(new BrowserSlot.Grant(
                                hold.token,
                                wall.minus(millis(now - hold.grantedAt)),
                                wall.plus(millis(hold.endsAt() - now)),
                                hold.ticket.member(),
                                hold.request.parentRequestId()))
                        : Optional.empty(),
                Optional.of(new BrowserSlot.Ending(wall.minus(millis(now - endedAt)), how.reason())));
    }

    private static Duration millis(long nanos) {
        return millis(Duration.ofNanos(nanos));
    }

    ProfileLock lock(LockFacts facts) {
        Instant now = time.wall();
        LockFacts.Times times = facts.times();
        return new ProfileLock(
                facts.profileId(),
                facts.status(),
                facts.shared(),
                facts.owner(),
                facts.token(),
                new ProfileLock.Times(
                        now.minus(millis(times.heldFor())),
                        now.minus(millis(times.heartbeatAgo())),
                        times.staleIn().map(in -> now.plus(millis(in))),
                        now.plus(millis(times.endsIn()))),
                facts.progress());
    }

    ProfileBlock block(BlockFacts facts) {
        Instant now = time.wall();
        return new ProfileBlock(
                facts.profileId(),
                facts.status(),
                facts.who(),
                facts.why(),
                now.minus(millis(facts.heldFor())),
                facts.endsIn().map(in -> now.plus(millis(in))));
    }

    ProfileView profile(ProfileFacts facts) {
        return new ProfileView(
                facts.profileId(),
                facts.owners().stream().map(this::lock).toList(),
                facts.vanished().map(this::lock),
                facts.blocks().stream().map(this::block).toList(),
                facts.waiting(),
                facts.home(),
                facts.rule());
    }

    ProfileRecord record(RecordFacts facts) {
        return new ProfileRecord(
                facts.profileId(),
                facts.kind(),
                time.wall().minus(millis(facts.ago())),
                facts.who(),
                facts.note(),
                facts.owned().map(owned -> new ProfileRecord.Ownership(lock(owned.lock()), owned.ended())));
    }

    LoadTest loadTest(LoadTestFacts facts) {
        Instant now = time.wall();
        return new LoadTest(
                facts.runId(),
                facts.who(),
                now.minus(millis(facts.since())),
                now.plus(millis(facts.endsIn())),
                facts.holder().map(Ticket::member));
    }

    LoadTestRecord loadTestRecord(LoadTestRecordFacts facts) {
        return new LoadTestRecord(
                loadTest(facts.test()), time.wall().minus(millis(facts.ago())), facts.by(), facts.reason());
    }

    /** How long somebody waits from now on; nobody knows if he claims a profile, or where he stands. */
    Optional<Duration> wait(SlotRequest request, int position, Pace pace) {
        return request.profile().isPresent() || position <= 0 ? Optional.empty() : pace.wait(position);
    }

    /** A page of the line. */
    List<PoolStatus.Waiting> line(int offset, List<SlotFacts> slots, Pace pace) {
        Instant now = time.wall();
        List<PoolStatus.Waiting> page = new ArrayList<>(slots.size());
        for (SlotFacts slot : slots) {
            int position = offset + page.size() + 1;
            page.add(new PoolStatus.Waiting(position, slot(slot, now), wait(slot.request(), position, pace)));
        }
        return page;
    }

    /** In how long, as when. */
    Instant in(Duration duration) {
        return time.wall().plus(millis(duration));
    }

    private static Duration millis(Duration duration) {
        return Duration.ofMillis(duration.toMillis());
    }
}
