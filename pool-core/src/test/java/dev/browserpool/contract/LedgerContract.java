package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.LeaseLoss.Reason;
import dev.browserpool.OperationType;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Admission;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Beat;
import dev.browserpool.spi.Change;
import dev.browserpool.spi.Changed;
import dev.browserpool.spi.Governed;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.Identity;
import dev.browserpool.spi.Ledger;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.Refusal;
import dev.browserpool.spi.Release;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.Signal;
import dev.browserpool.spi.Ticket;
import dev.browserpool.spi.Which;
import dev.browserpool.spi.Withdrawal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The seam itself: every call may be repeated, come too late, or come from a member that nobody knows. */
public abstract class LedgerContract extends PoolContract {
    private static final Outcome TIMED_OUT = new Outcome(SlotState.TIMED_OUT, "for the test");

    private final List<Signal> signals = new ArrayList<>();
    private Backend backend;
    private Backend otherBackend;
    private Ledger ledger;
    private Ledger other;
    private String epoch;

    @BeforeEach
    void joinTwoMembers() {
        backend = cluster.backend(config(1).build());
        otherBackend = cluster.backend(config(1).build());
        backend.signals().listen(signals::add, () -> {});
        ledger = backend.ledger();
        other = otherBackend.ledger();
        epoch = ledger.join(backend.identity()).result().epoch();
        assertThat(other.join(otherBackend.identity()).result().refused()).isEmpty();
    }

    @Test
    void whoeverJoinsTwiceIsOneMemberAndKeepsWhatItHas() {
        granted(ledger, ask(backend, 1, "a"));

        assertThat(ledger.join(backend.identity()).result().refused()).isEmpty();

        assertThat(ledger.read(new Query.Status()).members()).hasSize(2);
        assertThat(ledger.read(new Query.Mine()).leases()).hasSize(1);
    }

    @Test
    void aConfirmationIsGoodForTheTimeToLive() {
        assertThat(ledger.beat(0, 0).result()).isEqualTo(new Beat.Confirmed(Cluster.MEMBER_TTL));
    }

    @Test
    void aSubmissionThatIsRepeatedHasOneEffectAndTheSameAnswer() {
        Ask first = ask(backend, 1, "a");
        Ask second = ask(backend, 2, "b");

        Grant grant = granted(ledger, first);
        Admission queued = ledger.submit(second).result();

        assertThat(granted(ledger, first)).isEqualTo(grant);
        assertThat(ledger.submit(second).result()).isEqualTo(queued);
        assertThat(queued).isInstanceOf(Admission.Queued.class);
        assertThat(ledger.read(new Query.Status()).granted()).isEqualTo(1);
    }

    @Test
    void aSubmissionThatIsRepeatedAfterItsGrantIsAnsweredWithTheGrant() {
        Grant grant = granted(other, ask(otherBackend, 1, "holder"));
        Ask waiting = ask(backend, 1, "a");
        assertThat(ledger.submit(waiting).result()).isInstanceOf(Admission.Queued.class);
        assertThat(other.release(ticket(otherBackend, 1), grant.token(), Outcome.COMPLETED)
                        .result())
                .isInstanceOf(Release.Ended.class);

        Grant mine = granted(ledger, waiting);

        assertThat(signals).containsExactly(new Signal.Granted(waiting.ticket(), mine));
    }

    @Test
    void anotherTicketForTheSameIdIsADuplicate() {
        granted(ledger, ask(backend, 1, "a"));

        assertThat(ledger.submit(ask(backend, 2, "a")).result())
                .isEqualTo(new Admission.Refused(new Refusal.DuplicateId(SlotState.RUNNING), Optional.empty()));
        assertThat(other.submit(ask(otherBackend, 1, "a")).result()).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void aMemberThatNeverJoinedIsToldToJoin() {
        Backend stranger = cluster.backend(config(1).build());

        assertThat(stranger.ledger().submit(ask(stranger, 1, "a")).result()).isEqualTo(new Admission.NotJoined(epoch));
        assertThat(stranger.ledger().beat(0, 0).result()).isEqualTo(new Beat.Rejoin(epoch));
        assertThat(stranger.ledger().leave().result()).isFalse();
        assertThat(ledger.read(new Query.Status()).members()).hasSize(2);
    }

    @Test
    void aTicketOfAnotherMemberIsNotAdmitted() {
        assertThat(ledger.submit(ask(otherBackend, 1, "a")).result()).isEqualTo(new Admission.NotJoined(epoch));
        assertThat(ledger.read(new Query.Slot("a"))).isEmpty();
    }

    @Test
    void aMemberThatWasGivenUpIsToldToJoinAnew() {
        granted(ledger, ask(backend, 1, "a"));
        for (int i = 0; i < 4; i++) {
            time.advance(Cluster.MEMBER_TTL.dividedBy(3));
            assertThat(other.beat(0, 0).result()).isEqualTo(new Beat.Confirmed(Cluster.MEMBER_TTL));
        }

        assertThat(other.read(new Query.Slot("a")).orElseThrow().state()).isEqualTo(SlotState.STOPPING);
        assertThat(ledger.beat(1, 0).result()).isEqualTo(new Beat.Rejoin(epoch));
        assertThat(ledger.submit(ask(backend, 2, "b")).result()).isEqualTo(new Admission.NotJoined(epoch));
        assertThat(signals).first().isInstanceOf(Signal.Stopping.class);
    }

    @Test
    void whoeverJoinedAnewMayStillConfirmWhatItHeldBefore() {
        Grant grant = granted(ledger, ask(backend, 1, "a"));
        Ticket before = ticket(backend, 1);
        for (int i = 0; i < 4; i++) {
            time.advance(Cluster.MEMBER_TTL.dividedBy(3));
            assertThat(other.beat(0, 0).result()).isInstanceOf(Beat.Confirmed.class);
        }
        Identity renewed = backend.renew();
        assertThat(backend.ledger().join(renewed).result().epoch()).isEqualTo(epoch);

        Reply<Release> reply = backend.ledger().release(before, grant.token(), Outcome.COMPLETED);

        assertThat(reply.result()).isInstanceOf(Release.Ended.class);
        assertThat(ledger.read(new Query.Slot("a")).orElseThrow().state()).isEqualTo(SlotState.LOST);
    }

    @Test
    void aReleaseThatIsRepeatedFindsNothing() {
        Grant grant = granted(ledger, ask(backend, 1, "a"));
        Ticket ticket = ticket(backend, 1);

        assertThat(ledger.release(ticket, grant.token() + 1, Outcome.COMPLETED).result())
                .as("the wrong token")
                .isEqualTo(new Release.NotHeld());
        assertThat(ledger.release(ticket, grant.token(), Outcome.COMPLETED).result())
                .isInstanceOf(Release.Ended.class);
        assertThat(ledger.release(ticket, grant.token(), Outcome.RELEASED).result())
                .isEqualTo(new Release.NotHeld());
        assertThat(ledger.read(new Query.Slot("a")).orElseThrow().state()).isEqualTo(SlotState.COMPLETED);
    }

    @Test
    void aWithdrawalThatIsRepeatedFindsNothing() {
        granted(ledger, ask(backend, 1, "holder"));
        assertThat(ledger.submit(ask(backend, 2, "a")).result()).isInstanceOf(Admission.Queued.class);
        Ticket ticket = ticket(backend, 2);

        assertThat(ledger.withdraw(ticket, TIMED_OUT).result())
                .isInstanceOfSatisfying(
                        Withdrawal.Gone.class,
                        gone -> assertThat(gone.where().position()).isEqualTo(1));
        assertThat(ledger.withdraw(ticket, TIMED_OUT).result()).isEqualTo(new Withdrawal.Unknown());
    }

    @Test
    void aWithdrawalThatComesTooLateIsAnsweredWithTheGrant() {
        Grant grant = granted(ledger, ask(backend, 1, "a"));

        assertThat(ledger.withdraw(ticket(backend, 1), TIMED_OUT).result()).isEqualTo(new Withdrawal.Granted(grant));
    }

    @Test
    void aChangeNeedsTheToken() {
        Grant grant = granted(ledger, ask(backend, 1, "a"));
        Ticket ticket = ticket(backend, 1);

        assertThat(ledger.change(ticket, grant.token(), new Change.Releasing()).result())
                .isEqualTo(new Changed.Noted());
        assertThat(ledger.change(ticket, grant.token() - 1, new Change.Releasing())
                        .result())
                .isEqualTo(new Changed.NotHeld());
    }

    @Test
    void aSignOfLifeComparesTheNumbers() {
        granted(ledger, ask(backend, 1, "a"));
        assertThat(ledger.submit(ask(backend, 2, "b")).result()).isInstanceOf(Admission.Queued.class);

        assertThat(ledger.beat(1, 1).result()).isInstanceOf(Beat.Confirmed.class);
        assertThat(ledger.beat(1, 0).result()).isInstanceOf(Beat.Mismatch.class);
        assertThat(ledger.beat(2, 1).result()).isInstanceOf(Beat.Mismatch.class);
        assertThat(ledger.read(new Query.Mine()).leases()).containsOnlyKeys(ticket(backend, 1));
        assertThat(ledger.read(new Query.Mine()).waiters()).containsExactly(ticket(backend, 2));
        assertThat(other.read(new Query.Mine()).leases()).isEmpty();
    }

    @Test
    void aSignOfLifeTellsAgainWhatHasToStop() {
        granted(ledger, ask(backend, 1, "a"));
        List<String> stopped = other.stop(new Which.Running("a"), Reason.REVOKED, "for the test")
                .result();
        signals.clear();

        assertThat(stopped).containsExactly("a");
        assertThat(ledger.beat(1, 0).signals()).singleElement().isInstanceOf(Signal.Stopping.class);
        assertThat(ledger.beat(1, 0).signals()).singleElement().isInstanceOf(Signal.Stopping.class);
    }

    @Test
    void aReplyHasTheSignalsOfItsOwnMemberAndOthersAreTold() {
        Grant grant = granted(ledger, ask(backend, 1, "a"));
        assertThat(ledger.submit(ask(backend, 2, "b")).result()).isInstanceOf(Admission.Queued.class);

        Reply<Release> reply = ledger.release(ticket(backend, 1), grant.token(), Outcome.COMPLETED);
        assertThat(reply.signals()).singleElement().isInstanceOf(Signal.Granted.class);
        assertThat(signals).isEmpty();
        assertThat(other.stop(new Which.Running("b"), Reason.REVOKED, "for the test")
                        .signals())
                .isEmpty();
        assertThat(signals).singleElement().isInstanceOf(Signal.Stopping.class);
    }

    @Test
    void aReplySaysWhenTheLedgerHasSomethingToDoByItself() {
        granted(ledger, new Ask(ticket(backend, 1), SlotRequest.of("a", OperationType.TEST_RUN), true, seconds(30)));

        assertThat(ledger.beat(1, 0).nextDue()).isEqualTo(seconds(30));
        time.advance(seconds(10));
        assertThat(ledger.beat(1, 0).nextDue()).isEqualTo(seconds(20));
    }

    /** It takes more than one step to end all that it waits for; none of that may be granted meanwhile, nor may it revive. */
    @Test
    void aDeadMemberGetsNothingHoweverMuchThereIsToEnd() {
        Grant grant = granted(other, ask(otherBackend, 1, "holder"));
        for (int i = 0; i < 200; i++) {
            assertThat(ledger.submit(ask(backend, i, "dead" + i)).result()).isInstanceOf(Admission.Queued.class);
        }
        assertThat(other.submit(ask(otherBackend, 2, "next")).result()).isInstanceOf(Admission.Queued.class);
        for (Duration age = seconds(9); age.compareTo(Cluster.MEMBER_TTL) < 0; age = age.plus(seconds(9))) {
            time.advance(seconds(9));
            assertThat(other.beat(1, 1).result()).isInstanceOf(Beat.Confirmed.class);
        }
        time.advance(seconds(9));

        boolean more = other.release(ticket(otherBackend, 1), grant.token(), Outcome.COMPLETED)
                .more();
        assertThat(ledger.beat(0, 200).result()).isInstanceOf(Beat.Rejoin.class);
        while (more) {
            more = other.beat(1, 0).more();
        }

        assertThat(ledger.read(new Query.Status()).running())
                .extracting(slot -> slot.request().requestId())
                .containsExactly("next");
        assertThat(ledger.read(new Query.Status()).granted()).isEqualTo(2);
        assertThat(ledger.read(new Query.Line(0, 10)).slots()).isEmpty();
    }

    @Test
    void aReplySaysThatThereIsMoreToDo() {
        assertThat(ledger.govern(new Act.Pause("for the test")).result()).isEqualTo(new Governed.Done(1));
        for (int i = 0; i < 500; i++) {
            assertThat(ledger.submit(ask(backend, i, "r" + i)).result()).isInstanceOf(Admission.Queued.class);
        }
        assertThat(ledger.govern(new Act.Resize(1_000)).more()).isFalse();

        boolean more = ledger.govern(new Act.Resume()).more();
        int beats = 0;
        while (more) {
            more = ledger.beat(0, 0).more();
            beats++;
        }

        assertThat(beats).isBetween(1, 100);
        assertThat(ledger.read(new Query.Mine()).leases()).hasSize(500);
    }

    @Test
    void leavingEndsEverythingAndIsDoneOnce() {
        granted(ledger, ask(backend, 1, "a"));
        assertThat(ledger.submit(ask(backend, 2, "b")).result()).isInstanceOf(Admission.Queued.class);

        assertThat(ledger.leave().result()).isTrue();
        assertThat(ledger.leave().result()).isFalse();

        assertThat(other.read(new Query.Status()).members())
                .containsExactly(otherBackend.identity().member());
        assertThat(other.read(new Query.Status()).running()).isEmpty();
        assertThat(other.read(new Query.Status()).line()).isEmpty();
    }

    private static Ask ask(Backend of, long number, String id) {
        return new Ask(ticket(of, number), SlotRequest.of(id, OperationType.TEST_RUN), true, Duration.ofHours(1));
    }

    private static Ticket ticket(Backend of, long number) {
        return new Ticket(of.identity().member(), number);
    }

    private static Grant granted(Ledger ledger, Ask ask) {
        Admission admission = ledger.submit(ask).result();
        assertThat(admission).isInstanceOf(Admission.Granted.class);
        return ((Admission.Granted) admission).grant();
    }
}
