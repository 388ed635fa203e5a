package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.LeaseLoss;
import dev.browserpool.RequestCancelledException;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Members that were away, or asleep, and come back. */
public abstract class ComebackContract extends PoolContract {
    private static final Duration DEATH = Cluster.MEMBER_TTL;
    private static final Duration PASS = Cluster.MEMBER_TTL.plus(STOP_GRACE);

    @Test
    void aMemberThatWasStoppedForTooLongKnowsSoAtOnce() {
        SlotLease lease = take(join(1), "a");

        time.stall(DEATH.minus(INSTANT));

        assertThat(lease.isValid()).isFalse();
        assertThatThrownBy(lease::requireValid).hasMessageContaining("LOST");
    }

    @Test
    void aShortInterruptionCostsNothing() {
        BrowserPool member = join(2);
        BrowserPool pool = join(2);
        SlotLease lease = take(member, "held");
        SlotLease other = take(pool, "other");
        CompletableFuture<SlotLease> waiting = enter(member, "waiting");
        enter(pool, "behind");
        List<String> before = pool.status().members();
        cluster.cutOff(member);
        time.advance(seconds(25));
        cluster.reconnect(member);

        time.advance(seconds(60));

        assertThat(lease.isValid()).isTrue();
        assertThat(pool.status().members()).containsExactlyInAnyOrderElementsOf(before);
        other.close();
        assertThat(granted(waiting).isValid()).isTrue();
        assertThat(running(pool)).containsExactly("held", "waiting");
    }

    @Test
    void aMemberThatComesBackIsAnotherOneAndItsWaitersAreSentAgain() {
        BrowserPool pool = join(1);
        BrowserPool lost = join(1);
        SlotLease holder = take(pool, "holder");
        CompletableFuture<SlotLease> waiting = enter(lost, "waiting");
        List<String> before = pool.status().members();
        cluster.cutOff(lost);
        time.advance(PASS.plus(POLL));
        enter(pool, "meanwhile");
        assertThat(pool.status().members()).hasSize(1);

        cluster.reconnect(lost);
        time.advance(seconds(16));

        assertThat(pool.status().members()).hasSize(2).isNotEqualTo(before);
        assertThat(line(pool)).containsExactly("meanwhile", "waiting");
        pool.cancel("meanwhile");
        holder.close();
        assertThat(granted(waiting).isValid()).isTrue();
        assertThat(last(pool, "waiting").grant().orElseThrow().memberId()).isNotIn(before);
    }

    @Test
    void aMemberThatComesBackHasLostItsLeasesForGood() {
        BrowserPool lost = join(1);
        BrowserPool pool = join(1);
        SlotLease lease = take(lost, "lost");
        List<LeaseLoss> told = listen(lease);
        cluster.cutOff(lost);
        time.advance(PASS.plus(POLL));
        SlotLease next = take(pool, "next");
        cluster.reconnect(lost);

        time.advance(seconds(30));
        lease.close();

        assertThat(lease.isValid()).isFalse();
        assertThat(next.isValid()).isTrue();
        assertThat(running(pool)).containsExactly("next");
        assertThat(lease.slot().state()).isEqualTo(SlotState.LOST);
        await().untilAsserted(() -> assertThat(told).hasSize(1));
    }

    @Test
    void aMemberThatComesBackCanConfirmBeforeItsSlotPassesOn() {
        BrowserPool lost = join(1);
        BrowserPool pool = join(1);
        SlotLease lease = take(lost, exclusive("lost", "shop"));
        CompletableFuture<SlotLease> next = enter(pool, exclusive("next", "shop"));
        cluster.cutOff(lost);
        time.advance(DEATH.plus(seconds(2)));
        cluster.reconnect(lost);
        time.advance(seconds(2));
        assertThat(state(pool, "next")).isEqualTo(SlotState.WAITING);

        lease.close();

        assertThat(granted(next).recoveredFrom()).as("its end was confirmed").isEmpty();
        assertThat(state(pool, "lost")).isEqualTo(SlotState.LOST);
    }

    @Test
    void aRequestOfAMemberThatIsCutOffIsSentOnceItIsBack() {
        BrowserPool pool = join(2);
        cluster.cutOff(pool);
        CompletableFuture<SlotLease> patient = submit(pool, request("patient"));
        time.advance(seconds(10));
        assertThat(patient).isNotDone();

        cluster.reconnect(pool);
        time.advance(seconds(1));

        assertThat(granted(patient).isValid()).isTrue();
        assertThat(running(pool)).containsExactly("patient");
    }

    @Test
    void aRequestOnItsWayWhileItsMemberIsGivenUpIsSentOnceItIsBack() {
        BrowserPool pool = join(2);
        BrowserPool lost = join(2);
        time.advance(seconds(40));
        cluster.cutOff(lost);
        CompletableFuture<SlotLease> first = submit(lost, request("first"));
        time.advance(seconds(13));
        CompletableFuture<SlotLease> second = submit(lost, request("second"));
        time.advance(PASS);
        assertThat(pool.status().members()).hasSize(1);

        cluster.reconnect(lost);
        time.advance(seconds(20));

        assertThat(List.of(granted(first), granted(second))).allMatch(SlotLease::isValid);
        assertThat(running(pool)).containsExactlyInAnyOrder("first", "second");
        time.advance(seconds(60));
        assertThat(running(pool)).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void aRequestThatGaveUpWhileItsMemberWasGivenUpIsGone() {
        BrowserPool pool = join(1);
        BrowserPool lost = join(1);
        cluster.cutOff(lost);
        CompletableFuture<SlotLease> gaveUp = submit(lost, request("gave up"));
        time.advance(seconds(1));
        gaveUp.cancel(false);
        time.advance(PASS.plus(POLL));

        cluster.reconnect(lost);
        time.advance(seconds(60));

        assertThat(line(pool)).isEmpty();
        assertThat(running(pool)).isEmpty();
        take(lost, "gave up").close();
    }

    @Test
    void aMemberThatComesBackHearsThatItsWaiterWasCancelled() {
        BrowserPool pool = join(1);
        BrowserPool away = join(1);
        take(pool, "holder");
        CompletableFuture<SlotLease> waiting = enter(away, "waiting");
        cluster.cutOff(away);
        assertThat(pool.cancel("waiting")).isTrue();

        cluster.reconnect(away);
        time.advance(seconds(16));

        failure(RequestCancelledException.class, waiting);
    }

    @Test
    void leasesAreSuspectAfterTheHostSleptUntilTheNextSignOfLife() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");
        time.advance(seconds(3));

        time.suspend(seconds(600));
        assertThat(lease.isValid()).isFalse();
        time.advance(POLL);

        assertThat(lease.isValid()).isTrue();
        assertThat(lease.slot().state()).isEqualTo(SlotState.RUNNING);
    }

    @Test
    void aClockThatIsCorrectedByASecondIsNoSleep() {
        SlotLease lease = take(join(1), "a");

        time.suspend(seconds(1));

        assertThat(lease.isValid()).isTrue();
    }

    @Test
    void whoeverIsStoppedBetweenTwoClocksHasNotSlept() {
        SlotLease lease = take(join(1), "a");

        time.stallBehindLook(seconds(10));
        assertThat(lease.isValid()).as("looked at by a thread that was stopped").isTrue();
        time.stallBehindLook(seconds(10));
        time.advance(seconds(16));

        assertThat(lease.isValid())
                .as("after a sign of life of a thread that was stopped")
                .isTrue();
    }

    private static List<LeaseLoss> listen(SlotLease lease) {
        List<LeaseLoss> told = new CopyOnWriteArrayList<>();
        lease.onLost(told::add);
        return told;
    }
}
