package dev.browserpool.memory;

import dev.browserpool.SlotState;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Ending;
import dev.browserpool.spi.Governed;
import dev.browserpool.spi.LoadTestFacts;
import dev.browserpool.spi.LoadTestRecordFacts;
import dev.browserpool.spi.Signal;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The load test that has the pool to itself, if there is one: nothing is granted meanwhile. Touched under the ledger's lock only. */
final class LoadTesting {
    private static final String POOL = "the pool";
    private static final Governed NONE = new Governed.Done(0);

    private final Desk desk;
    private @Nullable Test present;

    /** One that has the pool, or had it. */
    private record Test(@Nullable Member member, LoadTestFacts asOf, long at) {
        LoadTestFacts facts(long now) {
            long since = now - at;
            return new LoadTestFacts(
                    asOf.holder(),
                    asOf.runId(),
                    asOf.who(),
                    asOf.since().plusNanos(since),
                    asOf.endsIn().minusNanos(since));
        }

        long began() {
            return at - asOf.since().toNanos();
        }

        long until() {
            return PoolClock.later(at, asOf.endsIn().toNanos());
        }
    }

    LoadTesting(Desk desk) {
        this.desk = desk;
    }

    boolean isOn() {
        return present != null;
    }

    Optional<LoadTestFacts> facts(long now) {
        return Optional.ofNullable(present).map(test -> test.facts(now));
    }

    /** The ticket under which this member holds it. */
    Optional<Ticket> heldBy(Member member) {
        Test test = present;
        return test == null || test.member != member ? Optional.empty() : test.asOf.holder();
    }

    /** When it ends by itself. */
    long until() {
        Test test = present;
        return test == null ? Long.MAX_VALUE : test.until();
    }

    /** The member is the one that acts; null if it is none. */
    Governed begin(Act.BeginLoadTest act, @Nullable Member member) {
        boolean isOwn = act.holder().isEmpty() || isOf(act.holder().get(), member);
        if (desk.recovering || !isOwn) {
            throw new StoreUnavailableException(
                    "the store was restarted, or has given this member up: others may be about to come back");
        }
        Test test = present;
        long now = desk.clock.now();
        boolean isSame = test != null
                && test.asOf.holder().equals(act.holder())
                && (act.holder().isPresent() || test.asOf.runId().equals(act.runId()));
        if (test != null && !isSame) {
            return new Governed.LoadTesting(test.facts(now), false);
        }
        if (test == null || act.holder().isEmpty()) {
            Duration since = test == null ? Duration.ZERO : test.facts(now).since();
            LoadTestFacts facts = new LoadTestFacts(act.holder(), act.runId(), act.who(), since, act.limit());
            test = new Test(act.holder().isEmpty() ? null : member, facts, now);
            present = test;
        }
        return new Governed.LoadTesting(test.facts(now), true);
    }

    private boolean isOf(Ticket ticket, @Nullable Member member) {
        return member != null
                && !member.isDead(desk.clock.now())
                && member.identity.member().equals(ticket.member());
    }

    Governed end(Act.EndLoadTest act) {
        if (desk.recovering) {
            throw new StoreUnavailableException("the store was restarted: the load test may be about to come back");
        }
        Test test = present;
        if (test == null) {
            return NONE;
        }
        boolean isMeant = act.holder().isPresent()
                ? act.holder().equals(test.asOf.holder())
                : act.runId().isEmpty()
                        || (test.asOf.holder().isEmpty()
                                && test.asOf.runId().equals(act.runId().get()));
        LoadTestFacts facts = test.facts(desk.clock.now());
        if (isMeant) {
            end(act.holder().isPresent() ? null : SlotState.REVOKED, act.by(), act.reason());
        }
        return new Governed.LoadTesting(facts, isMeant);
    }

    /** Its time limit is over. */
    void lapse() {
        end(SlotState.EXPIRED, POOL, "its time limit was over");
    }

    /** It ends with the member that holds it. */
    void gone(Member member, String why) {
        Test test = present;
        if (test != null && test.member == member) {
            end(SlotState.LOST, POOL, why);
        }
    }

    /** Its holder is told, unless he knows. */
    private void end(@Nullable SlotState told, String by, String reason) {
        Test test = present;
        if (test == null) {
            return;
        }
        present = null;
        long now = desk.clock.now();
        desk.custody.history.loadTestEnded(
                is -> new LoadTestRecordFacts(test.facts(is), Duration.ofNanos(is - now), by, reason), now);
        if (told != null && test.member != null) {
            test.member.tell(new Signal.Ended(test.asOf.holder().orElseThrow(), new Ending(told, reason)));
        }
    }

    /** A member that came back says what it holds. Returns the ticket that it holds no more. */
    Optional<Ticket> claimed(Optional<LoadTestFacts> claim, Member member, boolean isLast) {
        Test test = present;
        if (claim.isEmpty()) {
            if (isLast) {
                gone(member, "its holder came back without it");
            }
            return Optional.empty();
        }
        long now = desk.clock.now();
        Test claimed = new Test(member, claim.get(), now);
        boolean isSame = test != null && test.asOf.holder().equals(claimed.asOf.holder());
        boolean isBetter = test != null && (test.member == member || claimed.began() > test.began());
        if (!isSame && (!desk.recovering || (test != null && !isBetter))) {
            return claim.get().holder();
        }
        if (!isSame) {
            end(SlotState.LOST, POOL, "load test " + claimed.asOf.runId() + ", which is younger, came back");
        }
        present = claimed;
        return Optional.empty();
    }

    /** Those that are over, newest first. */
    List<LoadTestRecordFacts> history(int limit, long now) {
        return desk.custody.history.loadTests(limit, now);
    }
}
