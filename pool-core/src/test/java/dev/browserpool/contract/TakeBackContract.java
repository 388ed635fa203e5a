package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.browserpool.BrowserPool;
import dev.browserpool.LeaseLoss;
import dev.browserpool.LeaseLoss.Reason;
import dev.browserpool.LeaseLostException;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Taking back is real, and there is one way for it: the holder is told, and the slot passes when he confirms, or at last. */
public abstract class TakeBackContract extends PoolContract {

    @Test
    void anExpiredLeaseIsStoppedAndPassesOnWhenItsHolderConfirms() {
        BrowserPool pool = join(1);
        SlotLease lease = expiring(pool, "a", 10);
        List<LeaseLoss> told = listen(lease);
        enter(pool, "next");

        time.advance(seconds(10).minus(INSTANT));
        assertThat(state(pool, "a")).isEqualTo(SlotState.RUNNING);
        time.advance(INSTANT);

        assertThat(state(pool, "a")).isEqualTo(SlotState.STOPPING);
        assertThat(state(pool, "next")).isEqualTo(SlotState.WAITING);
        await().untilAsserted(
                        () -> assertThat(told).extracting(LeaseLoss::reason).containsExactly(Reason.EXPIRED));
        assertThat(told.get(0).token()).isEqualTo(lease.token());
        lease.close();
        assertThat(state(pool, "a")).isEqualTo(SlotState.EXPIRED);
        assertThat(running(pool)).containsExactly("next");
    }

    @Test
    void anExpiredLeaseThatNobodyConfirmsPassesOnAfterTheStopGrace() {
        BrowserPool pool = join(1);
        expiring(pool, "a", 10);
        enter(pool, "next");

        time.advance(seconds(10).plus(STOP_GRACE).minus(INSTANT));
        assertThat(state(pool, "next")).isEqualTo(SlotState.WAITING);
        time.advance(INSTANT);

        assertThat(running(pool)).containsExactly("next");
        assertThat(state(pool, "a")).isEqualTo(SlotState.EXPIRED);
    }

    @Test
    void aRevokedLeaseIsStoppedAndPassesOnWhenItsHolderConfirms() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");
        List<LeaseLoss> told = listen(lease);
        enter(pool, "next");

        assertThat(pool.operations().revoke("a", "the account was blocked")).isTrue();

        assertThat(lease.isValid()).isFalse();
        assertThat(state(pool, "a")).isEqualTo(SlotState.STOPPING);
        await().untilAsserted(() -> assertThat(told)
                .containsExactly(new LeaseLoss("a", lease.token(), Reason.REVOKED, "the account was blocked")));
        lease.close();
        assertThat(running(pool)).containsExactly("next");
        assertThat(last(pool, "a").ending().orElseThrow().reason()).startsWith("the account was blocked");
    }

    @Test
    void anotherMemberMayRevoke() {
        BrowserPool holder = join(1);
        BrowserPool operator = join(1);
        SlotLease lease = take(holder, "a");
        List<LeaseLoss> told = listen(lease);

        assertThat(operator.operations().revoke("a", "from elsewhere")).isTrue();

        await().untilAsserted(
                        () -> assertThat(told).extracting(LeaseLoss::message).containsExactly("from elsewhere"));
        assertThat(lease.isValid()).isFalse();
    }

    @Test
    void onlyWhatRunsIsRevoked() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "running");
        enter(pool, "waiting");

        assertThat(pool.operations().revoke("waiting", "no")).isFalse();
        assertThat(pool.operations().revoke("unknown", "no")).isFalse();
        assertThat(pool.operations().revoke("running", "yes")).isTrue();
        assertThat(pool.operations().revoke("running", "again")).isFalse();

        assertThat(state(pool, "waiting")).isEqualTo(SlotState.WAITING);
        lease.close();
        assertThat(last(pool, "running").ending().orElseThrow().reason()).startsWith("yes");
    }

    @Test
    void theStopGraceIsSetOnce() {
        BrowserPool pool = join(1);
        expiring(pool, "a", 10);
        enter(pool, "next");
        time.advance(seconds(5));
        pool.operations().revoke("a", "first");
        time.advance(seconds(10));
        pool.operations().revoke("a", "again, after its time was over, too");

        time.advance(seconds(10).minus(INSTANT));
        assertThat(state(pool, "next")).isEqualTo(SlotState.WAITING);
        time.advance(INSTANT);

        assertThat(running(pool)).containsExactly("next");
        assertThat(state(pool, "a")).isEqualTo(SlotState.REVOKED);
    }

    @Test
    void theFirstReasonFixesTheFinalState() {
        BrowserPool pool = join(1);
        SlotLease lease = expiring(pool, "a", 10);
        pool.operations().revoke("a", "first");
        time.advance(seconds(15));

        lease.complete();
        lease.close();

        assertThat(state(pool, "a")).isEqualTo(SlotState.REVOKED);
    }

    @Test
    void theHolderIsToldOnce() {
        BrowserPool pool = join(1);
        SlotLease lease = expiring(pool, "a", 10);
        List<LeaseLoss> told = listen(lease);

        pool.operations().revoke("a", "first");
        time.advance(seconds(60));
        List<LeaseLoss> late = listen(lease);

        await().untilAsserted(() -> assertThat(late).hasSize(1));
        await().untilAsserted(() -> assertThat(told).isEqualTo(late));
        assertThat(told).extracting(LeaseLoss::reason).containsExactly(Reason.REVOKED);
    }

    @Test
    void whoeverAsksAfterTheLossIsToldAtOnce() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");
        pool.operations().revoke("a", "before anybody listened");

        List<LeaseLoss> told = listen(lease);

        await().untilAsserted(() ->
                assertThat(told).extracting(LeaseLoss::message).containsExactly("before anybody listened"));
    }

    @Test
    void anOrdinaryCloseIsNoLoss() {
        BrowserPool pool = join(2);
        SlotLease lease = take(pool, "a");
        List<LeaseLoss> told = listen(lease);

        lease.close();
        SlotLease witness = take(pool, "b");
        List<LeaseLoss> later = listen(witness);
        pool.operations().revoke("b", "so that something is told after what must not be");

        await().untilAsserted(() -> assertThat(later).hasSize(1));
        assertThat(told).isEmpty();
    }

    @Test
    void aListenerThatThrowsKeepsNobodyFromHearing() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");
        try (LogCapture log = LogCapture.from(Level.WARN)) {
            lease.onLost(loss -> {
                throw new IllegalStateException("a bad listener");
            });
            List<LeaseLoss> told = listen(lease);

            pool.operations().revoke("a", "for the test");

            await().untilAsserted(() -> assertThat(told).hasSize(1));
            await().untilAsserted(
                            () -> assertThat(log.linesWith("lease a failed")).hasSize(1));
        }
    }

    @Test
    void aListenerMayCloseTheLeaseAndUseThePool() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");
        List<String> seen = new CopyOnWriteArrayList<>();
        lease.onLost(loss -> {
            lease.close();
            seen.add(pool.slot("a").orElseThrow().state().name());
        });

        pool.operations().revoke("a", "for the test");

        await().untilAsserted(() -> assertThat(seen).containsExactly("REVOKED"));
    }

    @Test
    void aLeaseIsInvalidWhenItsTimeIsOverByTheClockOfItsOwnJvm() {
        BrowserPool pool = join(1);
        SlotLease lease = expiring(pool, "a", 10);
        cluster.cutOff(pool);

        time.advance(seconds(10).minus(INSTANT));
        assertThat(lease.isValid()).isTrue();
        time.advance(INSTANT);

        assertThat(lease.isValid()).isFalse();
        assertThatThrownBy(lease::requireValid)
                .isInstanceOfSatisfying(
                        LeaseLostException.class,
                        e -> assertThat(e.loss().orElseThrow().reason()).isEqualTo(Reason.EXPIRED))
                .hasMessage("the lease of request a has ended: EXPIRED, its time is over by the clock of this JVM"
                        + "; acquire a new one, with a longer maxDuration if the work needs it");
    }

    @Test
    void aLeaseIsInvalidWhenItsTimeIsOverEvenIfNothingHasRunSince() {
        SlotLease lease = expiring(join(1), "a", 10);

        time.stall(seconds(10));

        assertThat(lease.isValid()).isFalse();
    }

    @Test
    void aLeaseThatWasTakenBackSaysWhy() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");
        pool.operations().revoke("a", "the account was blocked");

        assertThatThrownBy(lease::requireValid)
                .isInstanceOfSatisfying(LeaseLostException.class, e -> {
                    assertThat(e.requestId()).isEqualTo("a");
                    assertThat(e.loss().orElseThrow().token()).isEqualTo(lease.token());
                })
                .hasMessage("the lease of request a has ended: REVOKED, the account was blocked"
                        + "; acquire a new one, with a longer maxDuration if the work needs it");
    }

    @Test
    void aLeaseKnowsItsEndAfterItWasTakenBack() {
        BrowserPool pool = join(1);
        SlotLease lease = expiring(pool, "a", 10);

        time.advance(seconds(10));
        assertThat(lease.slot().state()).isEqualTo(SlotState.STOPPING);
        time.advance(STOP_GRACE);

        assertThat(lease.slot().state()).isEqualTo(SlotState.EXPIRED);
        assertThat(lease.slot().times().ran()).isEqualTo(seconds(10).plus(STOP_GRACE));
    }

    @Test
    void theHolderHearsOfARevocationOfWhichTheSignalWasLostBeforeHisSlotPassesOn() {
        BrowserPool holder = join(1);
        BrowserPool operator = join(1);
        SlotLease lease = take(holder, "a");
        List<LeaseLoss> told = listen(lease);
        cluster.wire(holder).dropSignals();
        operator.operations().revoke("a", "nobody hears this");

        time.advance(STOP_GRACE.minus(INSTANT));

        assertThat(lease.isValid()).isFalse();
        await().untilAsserted(
                        () -> assertThat(told).extracting(LeaseLoss::reason).containsExactly(Reason.REVOKED));
    }

    private SlotLease expiring(BrowserPool pool, String id, long seconds) {
        return take(pool, requestFor(id).maxDuration(seconds(seconds)).build());
    }

    private static List<LeaseLoss> listen(SlotLease lease) {
        List<LeaseLoss> told = new CopyOnWriteArrayList<>();
        lease.onLost(told::add);
        return told;
    }
}
