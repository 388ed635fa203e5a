package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.LeaseLoss;
import dev.browserpool.LeaseLostException;
import dev.browserpool.PoolHealth;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotState;
import dev.browserpool.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Members that die, that lose the store, and that leave. */
public abstract class MemberContract extends PoolContract {
    private static final Duration DEATH = Cluster.MEMBER_TTL;
    private static final Duration PASS = Cluster.MEMBER_TTL.plus(STOP_GRACE);

    @Test
    void thePlaceOfADeadWaiterGoesAfterTheTimeToLiveAndNotBefore() {
        BrowserPool pool = join(1);
        BrowserPool dead = join(1);
        SlotLease holder = take(pool, "holder");
        enter(dead, "dead");
        enter(pool, "next");
        cluster.cutOff(dead);

        time.advance(DEATH.minus(INSTANT));
        assertThat(line(pool)).containsExactly("dead", "next");
        time.advance(POLL.plus(INSTANT));

        assertThat(line(pool)).containsExactly("next");
        assertThat(state(pool, "dead")).isEqualTo(SlotState.ABANDONED);
        holder.close();
        assertThat(running(pool)).containsExactly("next");
    }

    @Test
    void aDeadWaiterWhoIsGrantedASlotDelaysTheNextByTheStopGraceAtMost() {
        BrowserPool pool = join(1);
        BrowserPool dead = join(1);
        SlotLease holder = take(pool, "holder");
        enter(dead, "dead");
        enter(pool, "next");
        cluster.cutOff(dead);
        time.advance(DEATH.minus(seconds(1)));
        holder.close();
        assertThat(running(pool)).containsExactly("dead");

        time.advance(seconds(1).plus(STOP_GRACE).plus(POLL));

        assertThat(running(pool)).containsExactly("next");
    }

    @Test
    void theSlotOfADeadMemberPassesAfterTimeToLiveAndStopGraceAndNotBefore() {
        BrowserPool dead = join(1);
        BrowserPool pool = join(1);
        take(dead, "dead");
        enter(pool, "next");
        cluster.cutOff(dead);

        time.advance(PASS.minus(INSTANT));
        assertThat(state(pool, "dead")).isEqualTo(SlotState.STOPPING);
        assertThat(state(pool, "next")).isEqualTo(SlotState.WAITING);
        time.advance(POLL.plus(INSTANT));

        assertThat(running(pool)).containsExactly("next");
        assertThat(state(pool, "dead")).isEqualTo(SlotState.LOST);
    }

    @Test
    void theProfileOfADeadMemberIsRecoveredByTheNext() {
        BrowserPool dead = join(2);
        BrowserPool pool = join(2);
        SlotLease lost = take(dead, exclusive("dead", "shop"));
        CompletableFuture<SlotLease> next = enter(pool, exclusive("next", "shop"));
        String deadMember = lost.slot().grant().orElseThrow().memberId();
        cluster.cutOff(dead);

        time.advance(PASS.minus(INSTANT));
        assertThat(ProfileContract.owners(pool, "shop")).containsExactly("dead");
        time.advance(POLL.plus(INSTANT));

        assertThat(granted(next).recoveredFrom())
                .hasValueSatisfying(
                        before -> assertThat(before.owner().memberId()).isEqualTo(deadMember))
                .hasValueSatisfying(before -> assertThat(before.status()).isEqualTo(ProfileStatus.STALE));
    }

    @Test
    void aMemberThatIsCutOffTreatsItsLeasesAsLostBeforeTheStorePassesThemOn() {
        BrowserPool dead = join(1);
        BrowserPool pool = join(1);
        SlotLease lease = take(dead, "dead");
        List<LeaseLoss> told = listen(lease);
        enter(pool, "next");
        time.advance(seconds(37));
        cluster.cutOff(dead);

        for (int second = 0; second < 70; second++) {
            boolean passed = !state(pool, "next").equals(SlotState.WAITING);
            assertThat(passed && lease.isValid()).as("after %d s", second).isFalse();
            time.advance(seconds(1));
        }

        assertThat(running(pool)).containsExactly("next");
        await().untilAsserted(() -> assertThat(told).hasSize(1));
        assertThat(told).extracting(LeaseLoss::reason).containsExactly(LeaseLoss.Reason.LOST);
        assertThatThrownBy(lease::requireValid)
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("LOST, the store could not be reached for too long");
    }

    /** No time passes in a store that nobody asks: it goes on as if nothing had been. */
    @Test
    void aLeaseThatItsMemberHasGivenUpPassesOnThoughItsHolderNeverClosesIt() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "held");
        cluster.cutOff(pool);
        time.advance(DEATH);
        assertThat(lease.isValid()).isFalse();
        cluster.reconnect(pool);

        time.advance(POLL);
        assertThat(state(pool, "held")).isEqualTo(SlotState.STOPPING);
        enter(pool, "next");
        time.advance(STOP_GRACE.plus(POLL));

        assertThat(running(pool)).containsExactly("next");
        assertThat(state(pool, "held")).isEqualTo(SlotState.LOST);
        lease.close();
        assertThat(running(pool)).containsExactly("next");
    }

    @Test
    void aMemberThatIsCutOffKnowsSoBeforeItsLeasesAreTakenBack() {
        BrowserPool dead = join(1);
        BrowserPool pool = join(1);
        SlotLease lease = take(dead, "dead");
        cluster.cutOff(dead);

        time.advance(DEATH.minus(INSTANT));

        assertThat(lease.isValid()).isFalse();
        assertThat(state(pool, "dead")).isEqualTo(SlotState.RUNNING);
    }

    @Test
    void aMemberSaysByItselfHowItIs() {
        BrowserPool pool = join(1);
        time.advance(seconds(30));
        PoolHealth sound = pool.health();
        assertThat(sound.isUp()).isTrue();
        assertThat(sound.store().orElseThrow().heartbeatAge()).isLessThanOrEqualTo(seconds(15));
        assertThat(sound.store().orElseThrow().calls()).isPositive();
        assertThat(sound.store().orElseThrow().callTime()).isPositive();
        cluster.cutOff(pool);

        time.advance(DEATH);

        PoolHealth away = pool.health();
        assertThat(away.isTrusted()).isFalse();
        assertThat(away.isUp()).isFalse();
        assertThat(away.store().orElseThrow().heartbeatAge()).isGreaterThanOrEqualTo(seconds(30));
        assertThat(away.store().orElseThrow().failures()).isPositive();
        assertThat(away.store().orElseThrow().calls())
                .isEqualTo(sound.store().orElseThrow().calls());
        pool.close();
        assertThat(pool.health().isOpen()).isFalse();
    }

    @Test
    void aMemberThatGivesSignsOfLifeKeepsEverything() {
        BrowserPool quiet = join(1);
        BrowserPool pool = join(1);
        SlotLease lease =
                take(quiet, requestFor("quiet").maxDuration(seconds(100_000)).build());
        enter(pool, requestFor("waiting").timeout(seconds(100_000)).build());

        time.advance(seconds(5_000));

        assertThat(lease.isValid()).isTrue();
        assertThat(running(pool)).containsExactly("quiet");
        assertThat(line(pool)).containsExactly("waiting");
        assertThat(pool.status().members()).hasSize(2);
    }

    @Test
    void closingAMemberLeavesNothingBehind() {
        BrowserPool pool = join(2);
        BrowserPool leaving = join(2);
        SlotLease lease = take(leaving, exclusive("left open", "shop"));
        take(leaving, "given back").close();
        take(pool, "other");
        enter(leaving, "waiting");
        enter(pool, exclusive("next", "shop"));

        leaving.close();

        assertThat(pool.status().members()).hasSize(1);
        assertThat(running(pool)).containsExactly("other", "next");
        assertThat(line(pool)).isEmpty();
        assertThat(lease.isValid()).isFalse();
        assertThat(state(pool, "left open")).isEqualTo(SlotState.REVOKED);
        assertThat(state(pool, "waiting")).isEqualTo(SlotState.CANCELLED);
    }

    @Test
    void questionsToAStoreThatIsAwayFailAtOnce() {
        BrowserPool pool = join(1);
        cluster.cutOff(pool);

        assertThatThrownBy(pool::status).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> pool.cancel("a")).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> pool.operations().resize(2)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> pool.profiles().all()).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aMemberThatIsClosedWhileTheStoreIsAwayIsGivenUpByTheStore() {
        BrowserPool leaving = join(1);
        BrowserPool pool = join(1);
        SlotLease lease = take(leaving, "left open");
        enter(pool, "next");
        cluster.cutOff(leaving);

        leaving.close();

        assertThat(lease.isValid()).isFalse();
        time.advance(PASS.plus(POLL));
        assertThat(running(pool)).containsExactly("next");
        assertThat(pool.status().members()).hasSize(1);
    }

    @Test
    void aClosedMemberLeavesNobodyAtWork() {
        BrowserPool pool = join(1);
        assertThat(time.driven()).isEqualTo(1);

        pool.close();

        assertThat(time.driven()).isZero();
    }

    private static List<LeaseLoss> listen(SlotLease lease) {
        List<LeaseLoss> told = new CopyOnWriteArrayList<>();
        lease.onLost(told::add);
        return told;
    }
}
