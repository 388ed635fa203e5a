package dev.browserpool.engine;

import dev.browserpool.BrowserSlot;
import dev.browserpool.ProfileLock;
import dev.browserpool.spi.LockFacts;
import dev.browserpool.spi.SlotFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What crosses the seam as durations, as what users see: instants of this JVM's wall clock. */
final class Views {
    private final EngineTime time;

    Views(EngineTime time) {
        this.time = time;
    }

    BrowserSlot slot(SlotFacts facts, String memberId) {
        Instant now = time.wall();
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
                                memberId,
                                g.parentRequestId())),
                facts.ending().map(e -> new BrowserSlot.Ending(now.minus(millis(e.endedAgo())), e.reason())));
    }

    BrowserSlot slot(SlotFacts facts) {
        return slot(facts, facts.ticket().member());
    }

    ProfileLock lock(LockFacts facts) {
        Instant now = time.wall();
        return new ProfileLock(
                facts.profileId(),
                facts.status(),
                facts.shared(),
                facts.owner(),
                facts.token(),
                now.minus(millis(facts.heldFor())),
                now.plus(millis(facts.endsIn())));
    }

    private static Duration millis(Duration duration) {
        return Duration.ofMillis(duration.toMillis());
    }
}
