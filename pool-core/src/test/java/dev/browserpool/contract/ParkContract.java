package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.LeaseLostException;
import dev.browserpool.PoolClosedException;
import dev.browserpool.PoolEvent.ProfileConflict;
import dev.browserpool.PoolEvent.ProfileConflict.Decision;
import dev.browserpool.PoolEvent.ProfileConflict.Detector;
import dev.browserpool.ProfileBlock;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.ProfileRecord;
import dev.browserpool.ProfileStatus;
import dev.browserpool.RequestCancelledException;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.SlotTimeoutException;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.spi.OutsideOwner;
import dev.browserpool.spi.SessionLease;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A request whose profile is held from outside gives slot and profile back, and waits at its old place. */
public abstract class ParkContract extends PoolContract {
    private static final OutsideOwner SOMEBODY = new OutsideOwner("desk-1", 4711, "chromium");
    private static final Duration LOOK_AGAIN = seconds(2);

    @Test
    void whoeverIsParkedHoldsNothingAndKeepsItsPlace() {
        BrowserPool pool = join(1);
        SessionLease lease = hold(pool, exclusive("a", "shop"));
        enter(pool, exclusive("b", "shop"));
        enter(pool, "c");

        Caller parked = park(lease);

        assertThat(running(pool)).containsExactly("c");
        assertThat(line(pool)).containsExactly("a", "b");
        assertThat(state(pool, "a")).isEqualTo(SlotState.WAITING);
        assertThat(last(pool, "a").grant()).isEmpty();
        assertThat(lease.isValid()).isFalse();
        assertThat(parked.isDone()).isFalse();
    }

    @Test
    void theProfileIsHeldOutsideUntilItIsLookedAtAgain() {
        BrowserPool pool = join(2);
        Caller parked = park(hold(pool, exclusive("a", "shop")));

        ProfileBlock block = pool.profiles().view("shop").blocks().get(0);
        assertThat(block.status()).isEqualTo(ProfileStatus.HELD_OUTSIDE);
        assertThat(block.who()).isEqualTo("process 4711 on desk-1");
        assertThat(block.why()).isEqualTo("chromium");
        time.advance(LOOK_AGAIN.minus(INSTANT));
        assertThat(parked.isDone()).isFalse();
        time.advance(INSTANT.plus(POLL));

        SlotLease again = parked.lease();
        assertThat(again.requestId()).isEqualTo("a");
        assertThat(again.isValid()).isTrue();
        assertThat(ProfileContract.owners(pool, "shop")).containsExactly("a");
        assertThat(pool.profiles().view("shop").blocks()).isEmpty();
    }

    @Test
    void theNewLeaseHasANewTokenAndTheOldOneCanDoNothing() {
        BrowserPool pool = join(2);
        SessionLease old = hold(pool, exclusive("a", "shop"));
        Caller parked = park(old);
        time.advance(LOOK_AGAIN.plus(POLL));
        SlotLease again = parked.lease();

        old.close();
        old.fail(new IllegalStateException());
        old.checkpoint("nothing");

        assertThat(again.token()).isGreaterThan(old.token());
        assertThat(again.isValid()).isTrue();
        assertThatThrownBy(old::requireValid).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> old.park(SOMEBODY, Detector.PROBE, LOOK_AGAIN)).isInstanceOf(LeaseLostException.class);
        assertThat(running(pool)).containsExactly("a");
    }

    @Test
    void itIsParkedAsOftenAsTheDirectoryIsFoundHeldAndThatIsOneConflict() {
        BrowserPool pool = join(2);
        Heard heard = Heard.of(pool);
        SessionLease lease = hold(pool, exclusive("a", "shop"));
        for (int i = 0; i < 5; i++) {
            Caller parked = park(lease);
            time.advance(LOOK_AGAIN.plus(POLL));
            lease = SessionLease.of(parked.lease());
        }
        lease.close();

        heard.untilEndOf("a");
        ProfileConflict conflict = heard.one(ProfileConflict.class);
        assertThat(conflict.decision()).isEqualTo(Decision.PARK);
        assertThat(conflict.detectedBy()).isEqualTo(Detector.PROBE);
        assertThat(conflict.block().map(ProfileBlock::who)).contains("process 4711 on desk-1");
        assertThat(conflict.nextCheck()).isPresent();
        assertThat(pool.profiles().history("shop", 10))
                .extracting(ProfileRecord::kind)
                .containsExactly(ProfileRecord.Kind.OWNED, ProfileRecord.Kind.HELD_OUTSIDE);
    }

    @Test
    void whomItWasToRecoverFromItLearnsAgainWithTheNextLease() {
        BrowserPool pool = join(2);
        take(pool, exclusive("vanished", "shop"));
        pool.operations().revoke("vanished", "for the test");
        time.advance(STOP_GRACE);
        SessionLease lease = hold(pool, exclusive("a", "shop"));
        assertThat(lease.recoveredFrom()).isPresent();

        Caller parked = park(lease);
        time.advance(LOOK_AGAIN.plus(POLL));

        assertThat(parked.lease().recoveredFrom().map(lock -> lock.owner().requestId()))
                .contains("vanished");
    }

    @Test
    void whoCouldNotOpenItDoesNotHideWhomTheNextOneRecoversFrom() {
        BrowserPool pool = join(2);
        take(pool, exclusive("vanished", "shop")).checkpoint("paid");
        pool.operations().revoke("vanished", "for the test");
        time.advance(STOP_GRACE);
        SessionLease failed = hold(pool, exclusive("failed", "shop"));
        failed.unclean("its directory was to be inspected, and nobody did");
        failed.close();

        assertThat(hold(pool, exclusive("next", "shop"))
                        .recoveredFrom()
                        .map(lock -> lock.owner().requestId()))
                .contains("vanished");
    }

    @Test
    void everyReturnToTheLineIsAnEvent() {
        BrowserPool pool = join(2);
        Heard heard = Heard.of(pool);
        SessionLease lease = hold(pool, exclusive("a", "shop"));
        for (int i = 0; i < 3; i++) {
            Caller parked = park(lease);
            time.advance(LOOK_AGAIN.plus(POLL));
            lease = SessionLease.of(parked.lease());
        }
        lease.close();

        assertThat(heard.untilEndOf("a"))
                .filteredOn(event -> !(event instanceof ProfileConflict))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Granted", "Queued", "Granted", "Queued", "Granted", "Queued", "Granted", "Ended");
    }

    @Test
    void whoIsParkedWhileItsMemberIsGivenUpHearsThatItsLeaseIsLost() {
        BrowserPool pool = join(2);
        BrowserPool other = join(2);
        SessionLease lease = hold(pool, exclusive("a", "shop"));
        cluster.cutOff(pool);
        Caller parked = Caller.start(() -> lease.park(SOMEBODY, Detector.PROBE, LOOK_AGAIN));
        await().until(() -> parked.isParked() && !lease.isValid());
        time.advance(Cluster.MEMBER_TTL.plus(POLL));
        assertThat(state(other, "a")).isEqualTo(SlotState.STOPPING);
        cluster.reconnect(pool);

        time.advance(seconds(10));

        assertThat(parked.thrown()).isInstanceOf(LeaseLostException.class).hasMessageContaining("LOST");
        assertThat(line(other)).isEmpty();
    }

    @Test
    void whoWasParkedBeforeItsMemberWasGivenUpKeepsWaiting() {
        BrowserPool pool = join(2);
        BrowserPool other = join(2);
        SlotLease holder = take(other, exclusive("holder", "bank"));
        Caller parked = park(hold(pool, exclusive("a", "shop")));
        other.profiles().checkOut("shop", "ann", "to look", Duration.ofMinutes(10));
        cluster.cutOff(pool);
        time.advance(Cluster.MEMBER_TTL.plus(POLL));
        cluster.reconnect(pool);
        time.advance(Cluster.MEMBER_TTL);
        assertThat(line(other)).containsExactly("a");

        other.profiles().checkIn("shop", "ann", "done");

        assertThat(parked.lease().isValid()).isTrue();
        holder.close();
    }

    @Test
    void theTimeoutCountsFromTheFirstRequest() {
        BrowserPool pool = join(2);
        SlotLease before = take(pool, exclusive("before", "shop"));
        CompletableFuture<SlotLease> waiting = enter(
                pool,
                requestFor("a")
                        .timeout(seconds(10))
                        .profile(ProfileClaim.exclusive("shop"))
                        .build());
        time.advance(seconds(9));
        before.close();

        Caller parked = park(SessionLease.of(granted(waiting)));
        time.advance(seconds(1));

        assertThat(parked.thrown())
                .isInstanceOf(SlotTimeoutException.class)
                .hasMessageContaining("HELD_OUTSIDE by process 4711 on desk-1");
        assertThat(state(pool, "a")).isEqualTo(SlotState.TIMED_OUT);
    }

    @Test
    void whoeverDoesNotWaitIsRefusedAndTheProfileIsHeldOutside() {
        BrowserPool pool = join(2);
        Heard heard = Heard.of(pool);
        SessionLease lease = hold(pool, ProfileContract.refusing(exclusive("a", "shop")));

        assertThatThrownBy(() -> lease.park(SOMEBODY, Detector.BROWSER, LOOK_AGAIN))
                .isInstanceOf(ProfileConflictException.class)
                .hasMessageContaining("HELD_OUTSIDE by process 4711 on desk-1");

        assertThat(running(pool)).isEmpty();
        assertThat(state(pool, "a")).isEqualTo(SlotState.FAILED);
        assertThat(pool.profiles().view("shop").status()).contains(ProfileStatus.HELD_OUTSIDE);
        heard.untilEndOf("a");
        assertThat(heard.one(ProfileConflict.class).decision()).isEqualTo(Decision.REFUSE);
        assertThat(heard.one(ProfileConflict.class).detectedBy()).isEqualTo(Detector.BROWSER);
    }

    @Test
    void aLeaseThatIsTakenBackIsNotParked() {
        BrowserPool pool = join(2);
        SessionLease lease = hold(pool, exclusive("a", "shop"));
        pool.operations().revoke("a", "for the test");

        assertThatThrownBy(() -> lease.park(SOMEBODY, Detector.PROBE, LOOK_AGAIN))
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("for the test");
        lease.close();
        assertThat(state(pool, "a")).isEqualTo(SlotState.REVOKED);
    }

    @Test
    void aLeaseThatIsTakenBackWithoutHavingHeardEndsWhenItWantsToBeParked() {
        BrowserPool pool = join(2);
        BrowserPool other = join(2);
        SessionLease lease = hold(pool, exclusive("a", "shop"));
        cluster.wire(pool).dropSignals();
        other.operations().revoke("a", "for the test");

        assertThatThrownBy(() -> lease.park(SOMEBODY, Detector.PROBE, LOOK_AGAIN))
                .isInstanceOf(LeaseLostException.class);
        assertThat(state(other, "a")).isEqualTo(SlotState.REVOKED);
        assertThat(running(other)).isEmpty();
    }

    @Test
    void anInterruptTakesItOutOfTheLine() {
        BrowserPool pool = join(2);
        Caller parked = park(hold(pool, exclusive("a", "shop")));

        parked.interrupt();

        assertThat(parked.thrown()).isInstanceOf(InterruptedException.class);
        await().untilAsserted(() -> assertThat(state(pool, "a")).isEqualTo(SlotState.CANCELLED));
        assertThat(line(pool)).isEmpty();
    }

    @Test
    void somebodyMayCancelIt() {
        BrowserPool pool = join(2);
        Caller parked = park(hold(pool, exclusive("a", "shop")));

        assertThat(join(2).cancel("a")).isTrue();

        assertThat(parked.thrown()).isInstanceOf(RequestCancelledException.class);
    }

    @Test
    void aParkWhoseAnswerWasLostHappensOnce() {
        BrowserPool pool = join(2);
        SessionLease lease = hold(pool, exclusive("a", "shop"));
        cluster.wire(pool).loseNextAnswerTo(Wire.Call.CHANGE);

        Caller parked = park(lease);
        time.advance(LOOK_AGAIN.plus(POLL));

        assertThat(parked.lease().isValid()).isTrue();
        assertThat(running(pool)).containsExactly("a");
        time.advance(seconds(60));
        assertThat(running(pool)).containsExactly("a");
    }

    @Test
    void aGrantThatIsNeverSignalledIsFoundByASignOfLife() {
        BrowserPool pool = join(2);
        BrowserPool other = join(2);
        Caller parked = park(hold(pool, exclusive("a", "shop")));
        cluster.wire(pool).dropSignals();
        time.advance(LOOK_AGAIN);
        take(other, "moves the pool on").close();

        time.advance(POLL.multipliedBy(2));

        assertThat(parked.lease().isValid()).isTrue();
    }

    @Test
    void aStoreThatIsAwayEndsTheWaiting() {
        BrowserPool pool = join(2);
        SessionLease lease = hold(pool, exclusive("a", "shop"));
        cluster.cutOff(pool);
        Caller parked = Caller.start(() -> lease.park(SOMEBODY, Detector.PROBE, LOOK_AGAIN));
        await().until(parked::isParked);

        time.advance(Cluster.MEMBER_TTL.plus(STOP_GRACE).plus(POLL));

        assertThat(parked.thrown()).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void closingThePoolEndsTheWaiting() {
        BrowserPool pool = join(2);
        BrowserPool other = join(2);
        Caller parked = park(hold(pool, exclusive("a", "shop")));

        pool.close();

        assertThat(parked.thrown()).isInstanceOf(PoolClosedException.class);
        assertThat(line(other)).isEmpty();
    }

    @Test
    void onlyAProfileCanBeHeldOutside() {
        SessionLease lease = SessionLease.of(take(join(1), "a"));

        assertThatThrownBy(() -> lease.park(SOMEBODY, Detector.PROBE, LOOK_AGAIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("request a claims no profile");
    }

    private SessionLease hold(BrowserPool pool, SlotRequest request) {
        return SessionLease.of(take(pool, request));
    }

    /** A thread that has parked a lease, and waits for the next one. */
    private static Caller park(SessionLease lease) {
        Caller caller = Caller.start(() -> lease.park(SOMEBODY, Detector.PROBE, LOOK_AGAIN));
        await().until(() -> caller.isParked() && !lease.isValid());
        return caller;
    }
}
