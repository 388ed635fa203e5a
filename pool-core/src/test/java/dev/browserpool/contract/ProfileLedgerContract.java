package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.OperationType;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileLock.Progress;
import dev.browserpool.ProfileRule;
import dev.browserpool.ProfileRule.OnStale;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Admission;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Beat;
import dev.browserpool.spi.BlockFacts;
import dev.browserpool.spi.Busy;
import dev.browserpool.spi.Change;
import dev.browserpool.spi.Changed;
import dev.browserpool.spi.Governed;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.Ledger;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.OutsideOwner;
import dev.browserpool.spi.ProfileEnd;
import dev.browserpool.spi.ProfileFacts;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.Release;
import dev.browserpool.spi.Ticket;
import dev.browserpool.spi.Wait;
import dev.browserpool.spi.Withdrawal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Corners of a profile's life, at the seam. Random histories found them first, or could have. */
public abstract class ProfileLedgerContract extends PoolContract {
    private static final OutsideOwner STRANGER = new OutsideOwner("host", 7, "chrome");

    private Backend backend;
    private Ledger ledger;
    private long tickets;

    @BeforeEach
    void joinOneMember() {
        backend = cluster.backend(config(3).build());
        ledger = backend.ledger();
        assertThat(ledger.join(backend.identity()).result().refused()).isEmpty();
    }

    @Test
    void whoeverCouldNotOpenAStaleProfileLeavesItStale() {
        Ticket owner = submit("owner", "t1", ProfileClaim.exclusive("shop"));
        giveBackUnclean(owner);
        Ticket next = submit("next", "t2", ProfileClaim.exclusive("shop"));
        assertThat(recoveredFrom(next)).containsExactly("owner");

        assertThat(park(next, true)).isInstanceOf(Changed.Parked.class);
        waitForTheStranger();

        assertThat(recoveredFrom(next)).as("at its second try").containsExactly("owner");
        assertThat(park(next, false)).isInstanceOf(Changed.Ended.class);
        waitForTheStranger();
        assertThat(recoveredFrom(submit("last", "t3", ProfileClaim.exclusive("shop"))))
                .containsExactly("owner");
    }

    @Test
    void whoeverOpenedAStaleProfileHasRecoveredIt() {
        giveBackUnclean(submit("owner", "t1", ProfileClaim.exclusive("shop")));
        Ticket next = submit("next", "t2", ProfileClaim.exclusive("shop"));
        assertThat(ledger.change(next, grant(next).token(), new Change.Opened()).result())
                .isInstanceOf(Changed.Noted.class);

        assertThat(park(next, true)).isInstanceOf(Changed.Parked.class);
        waitForTheStranger();

        assertThat(recoveredFrom(next)).isEmpty();
    }

    @Test
    void aPersonWhoTakesAProfileAgainHasHadItAllTheTime() {
        checkOut(seconds(10));
        time.advance(seconds(5));
        checkOut(seconds(12));

        BlockFacts block = profile().blocks().get(0);
        assertThat(block.status()).isEqualTo(ProfileStatus.CHECKED_OUT);
        assertThat(block.heldFor()).isEqualTo(seconds(5));
        assertThat(block.endsIn()).contains(seconds(12));
        assertThat(stateOf(submit("a", "t1", ProfileClaim.exclusive("shop")))).isEqualTo(SlotState.WAITING);
    }

    @Test
    void aCheckOutForEverMayBeExtended() {
        Duration longest = Duration.ofMillis(Long.MAX_VALUE / 2_000_000);
        checkOut(longest);
        time.advance(seconds(1));

        for (int i = 0; i < 2; i++) {
            Governed extended = ledger.govern(new Act.ExtendCheckOut("shop", "ann", longest))
                    .result();
            assertThat(extended)
                    .isInstanceOfSatisfying(
                            Governed.CheckedOut.class,
                            out -> assertThat(out.block().endsIn().orElseThrow())
                                    .isEqualTo(longest));
        }
    }

    @Test
    void aProfileIsKeptForAllWaitersOfTheTask() {
        setRule(OnStale.RETRY, 1);
        Ticket owner = submit("owner", "t1", ProfileClaim.exclusive("shop"));
        submit("other", "t2", ProfileClaim.exclusive("shop"));
        Ticket first = submit("first", "t1", ProfileClaim.exclusive("shop"));
        Ticket second = submit("second", "t1", ProfileClaim.exclusive("shop"));
        assertThat(ledger.govern(new Act.Pause("for the test")).result()).isEqualTo(new Governed.Done(1));
        giveBackUnclean(owner);
        assertThat(line()).containsExactly("first", "other", "second");

        Outcome gaveUp = new Outcome(SlotState.CANCELLED, "for the test");
        assertThat(ledger.withdraw(first, gaveUp).result()).isInstanceOf(Withdrawal.Gone.class);

        assertThat(line()).containsExactly("second", "other");
        assertThat(ledger.govern(new Act.Resume()).result()).isEqualTo(new Governed.Done(1));
        assertThat(stateOf(second)).isEqualTo(SlotState.RUNNING);
    }

    @Test
    void anotherProxyEndsAllWaitersOfTheTaskForWhichAProfileIsKept() {
        setRule(OnStale.RETRY, 1);
        Ticket owner = submit("owner", "t1", ProfileClaim.exclusive("shop"));
        submit("other", "t2", ProfileClaim.exclusive("shop"));
        submitThrough("first");
        submitThrough("second");
        assertThat(ledger.govern(new Act.Pause("for the test")).result()).isEqualTo(new Governed.Done(1));
        giveBackUnclean(owner);
        assertThat(line()).containsExactly("first", "other", "second");

        ProfileRule rule = ProfileRule.defaultFor("shop").withProxy("new");
        assertThat(ledger.govern(new Act.SetRule(rule)).result()).isEqualTo(new Governed.Done(1));

        assertThat(line()).containsExactly("other");
    }

    @Test
    void aProfileIsKeptForWhoeverParksToo() {
        setRule(OnStale.RETRY, 2);
        Ticket parks = submit("parks", "t1", ProfileClaim.shared("shop"));
        giveBackUnclean(submit("owner", "t1", ProfileClaim.shared("shop")));

        assertThat(park(parks, true)).isInstanceOf(Changed.Parked.class);
        waitForTheStranger();

        assertThat(stateOf(parks)).isEqualTo(SlotState.RUNNING);
        assertThat(recoveredFrom(parks)).containsExactly("owner");
    }

    @Test
    void nobodyIsSentBackByAProfileThatIsKeptForHim() {
        setRule(OnStale.RETRY, 2);
        Ticket parks = submit("parks", "t1", ProfileClaim.shared("shop"));
        Ticket between = submit("between", "t2", ProfileClaim.exclusive("bank"));
        Ticket owner = submit("owner", "t1", ProfileClaim.shared("shop"));
        assertThat(park(parks, true)).isInstanceOf(Changed.Parked.class);
        assertThat(park(between, true)).isInstanceOf(Changed.Parked.class);

        giveBackUnclean(owner);

        assertThat(line()).containsExactly("parks", "between");
    }

    @Test
    void aTaskIsNotToldThatItsProfileIsKeptForItself() {
        setRule(OnStale.RETRY, 2);
        submit("stays", "t2", ProfileClaim.shared("shop"));
        giveBackUnclean(submit("owner", "t1", ProfileClaim.shared("shop")));

        Busy own = conflictOf(submit("again", "t1", ProfileClaim.exclusive("shop")));
        Busy others = conflictOf(submit("other", "t3", ProfileClaim.exclusive("shop")));

        assertThat(own.block()).isEmpty();
        assertThat(own.owner().orElseThrow().owner().requestId()).isEqualTo("stays");
        assertThat(others.block().orElseThrow().status()).isEqualTo(ProfileStatus.STALE);
    }

    @Test
    void theRecordOfACleanEndDoesNotSayStale() {
        Ticket owner = submit("owner", "t1", ProfileClaim.exclusive("shop"));
        assertThat(ledger.release(owner, grant(owner).token(), Outcome.COMPLETED)
                        .result())
                .isInstanceOf(Release.Ended.class);
        giveBackUnclean(submit("unclean", "t2", ProfileClaim.exclusive("shop")));

        assertThat(ledger.read(new Query.ProfileHistory("shop", 10)))
                .extracting(record -> record.owned().orElseThrow().lock().status())
                .containsExactly(ProfileStatus.FAILED, ProfileStatus.RUNNING);
    }

    private Ticket submit(String id, String task, ProfileClaim claim) {
        return submit(
                SlotRequest.builder(id, OperationType.TEST_RUN).taskId(task).profile(claim));
    }

    /** One of the task t1, through an old proxy. */
    private void submitThrough(String id) {
        Ticket unused = submit(SlotRequest.builder(id, OperationType.TEST_RUN)
                .taskId("t1")
                .profile(ProfileClaim.exclusive("shop"))
                .proxyId("old"));
    }

    private Ticket submit(SlotRequest.Builder request) {
        Ticket ticket = new Ticket(backend.identity().member(), ++tickets);
        Ask ask = new Ask(ticket, request.build(), true, Duration.ofHours(1));
        assertThat(ledger.submit(ask).result()).isNotInstanceOf(Admission.Refused.class);
        return ticket;
    }

    private Map<Ticket, Grant> leases() {
        return ledger.read(new Query.Mine()).leases();
    }

    private Grant grant(Ticket ticket) {
        assertThat(leases()).containsKey(ticket);
        return leases().get(ticket);
    }

    private SlotState stateOf(Ticket ticket) {
        return leases().containsKey(ticket) ? SlotState.RUNNING : SlotState.WAITING;
    }

    private Busy conflictOf(Ticket waiter) {
        return ledger.read(new Query.Place(waiter)).flatMap(Wait::profile).orElseThrow();
    }

    private List<String> recoveredFrom(Ticket ticket) {
        return grant(ticket).profile().flatMap(Grant.OfProfile::recoveredFrom).stream()
                .map(lock -> lock.owner().requestId())
                .toList();
    }

    private List<String> line() {
        return ledger.read(new Query.Line(0, 10)).slots().stream()
                .map(slot -> slot.request().requestId())
                .toList();
    }

    private ProfileFacts profile() {
        return ledger.read(new Query.Profile("shop"));
    }

    private void setRule(OnStale onStale, int maxActive) {
        ProfileRule rule =
                ProfileRule.defaultFor("shop").withMaxActive(maxActive).withOnStale(onStale);
        assertThat(ledger.govern(new Act.SetRule(rule)).result()).isInstanceOf(Governed.Done.class);
    }

    private void checkOut(Duration howLong) {
        assertThat(ledger.govern(new Act.CheckOut("shop", "ann", "to log in", howLong))
                        .result())
                .isInstanceOf(Governed.CheckedOut.class);
    }

    private void giveBackUnclean(Ticket owner) {
        ProfileEnd unclean = new ProfileEnd(ProfileEnd.Condition.UNCLEAN, "for the test", Progress.NONE);
        assertThat(ledger.release(owner, grant(owner).token(), Outcome.RELEASED.with(unclean))
                        .result())
                .isInstanceOf(Release.Ended.class);
    }

    private Changed park(Ticket ticket, boolean stay) {
        return ledger.change(ticket, grant(ticket).token(), new Change.Park(STRANGER, seconds(5), stay))
                .result();
    }

    /** Until the profile is looked at again. */
    private void waitForTheStranger() {
        time.advance(seconds(5));
        assertThat(ledger.beat(0, 0).result()).isNotInstanceOf(Beat.Rejoin.class);
    }
}
