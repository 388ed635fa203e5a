package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.LeaseLoss;
import dev.browserpool.OperationType;
import dev.browserpool.PoolClosedException;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The life of a pool: paused, resumed, drained, closed. */
public abstract class LifeContract extends PoolContract {

    @Test
    void aClosedPoolRefusesNewcomers() {
        BrowserPool pool = join(config(1).name("shop_pool"));
        pool.close();

        assertThatThrownBy(() -> pool.acquire(request("a")))
                .isInstanceOfSatisfying(
                        PoolClosedException.class, e -> assertThat(e.poolName()).isEqualTo("shop_pool"))
                .hasMessage("pool shop_pool is closed; request a got no slot; open a new pool");
        assertThatThrownBy(() -> pool.tryAcquire(request("b"))).isInstanceOf(PoolClosedException.class);
        assertThatThrownBy(() -> pool.call(request("c"), lease -> "never")).isInstanceOf(PoolClosedException.class);
    }

    @Test
    void aClosedPoolFailsTheFutureAndDoesNotThrow() {
        BrowserPool pool = join(1);
        pool.close();

        failure(PoolClosedException.class, submit(pool, request("a")));
    }

    @Test
    void closingFailsThoseInLine() {
        BrowserPool pool = join(1);
        BrowserPool other = join(1);
        take(other, "holder");
        CompletableFuture<SlotLease> future = enter(pool, "future");
        Caller caller = block(pool, request("blocked"));

        pool.close();

        failure(PoolClosedException.class, future);
        assertThat(caller.thrown()).isInstanceOf(PoolClosedException.class);
        assertThat(line(other)).isEmpty();
        assertThat(state(other, "blocked")).isEqualTo(SlotState.CANCELLED);
        assertThat(last(other, "blocked").ending().orElseThrow().reason()).isEqualTo("the pool was closed");
    }

    @Test
    void aPauseSaysWhy() {
        BrowserPool pool = join(1);

        assertThatThrownBy(() -> pool.operations().pause(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reason is ' '");

        assertThat(pool.status().pausedBy()).isEmpty();
        take(pool, "a").close();
    }

    @Test
    void closingTwiceDoesNothing() {
        BrowserPool pool = join(1);
        BrowserPool other = join(1);

        pool.close();
        pool.close();

        assertThat(other.status().members()).hasSize(1);
    }

    @Test
    void closingWaitsForTheLeasesOfOthers() {
        BrowserPool pool = join(config(1).closeGrace(REAL_TIME));
        BrowserPool witness = join(1);
        SlotLease lease = Caller.start(() -> pool.acquire(request("a"))).lease();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(pool::close);
        await().untilAsserted(() ->
                assertThatThrownBy(() -> pool.tryAcquire(request("b"))).isInstanceOf(PoolClosedException.class));
        assertThat(closing).isNotDone();
        assertThat(lease.isValid()).isTrue();
        lease.complete();
        lease.close();

        closing.join();
        assertThat(state(witness, "a")).isEqualTo(SlotState.COMPLETED);
    }

    @Test
    void closingDoesNotWaitForTheCallersOwnLeases() throws InterruptedException {
        BrowserPool pool = join(config(1).closeGrace(REAL_TIME.multipliedBy(10)));
        BrowserPool witness = join(1);
        SlotLease lease = pool.acquire(request("a"));

        pool.close();

        assertThat(lease.isValid()).isFalse();
        assertThat(state(witness, "a")).isEqualTo(SlotState.REVOKED);
    }

    @Test
    void closingTakesBackWhatIsStillOpenAfterTheGrace() {
        BrowserPool pool = join(config(1).closeGrace(Duration.ofMillis(50)));
        BrowserPool witness = join(1);
        SlotLease lease = Caller.start(() -> pool.acquire(request("a"))).lease();
        List<LeaseLoss> told = new CopyOnWriteArrayList<>();
        lease.onLost(loss -> {
            told.add(loss);
            lease.close();
        });

        pool.close();

        assertThat(told).extracting(LeaseLoss::reason).containsExactly(LeaseLoss.Reason.REVOKED);
        assertThat(told).extracting(LeaseLoss::message).containsExactly("the pool was closed");
        assertThat(state(witness, "a")).isEqualTo(SlotState.REVOKED);
        assertThat(witness.status().members()).hasSize(1);
    }

    @Test
    void anInterruptEndsTheWaitingAndNotTheClosing() {
        BrowserPool pool = join(config(1).closeGrace(REAL_TIME.multipliedBy(10)));
        BrowserPool witness = join(1);
        SlotLease lease = Caller.start(() -> pool.acquire(request("a"))).lease();

        Thread.currentThread().interrupt();
        pool.close();

        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        assertThat(lease.isValid()).isFalse();
        assertThat(running(witness)).isEmpty();
        assertThat(witness.status().members()).hasSize(1);
    }

    @Test
    void aLeaseOfAClosedPoolMayBeClosed() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");
        pool.close();

        lease.complete();
        lease.close();

        assertThat(lease.isValid()).isFalse();
    }

    @Test
    void aPausedPoolGrantsNothingAndLetsRunningOnesGoOn() {
        BrowserPool pool = join(3);
        BrowserPool other = join(3);
        SlotLease running = take(pool, "running");

        pool.operations().pause("the site is down");
        enter(other, "waiting");

        assertThat(pool.status().pausedBy()).contains("the site is down");
        assertThat(other.status().pausedBy()).contains("the site is down");
        assertThat(running.isValid()).isTrue();
        running.close();
        assertThat(running(pool)).isEmpty();
    }

    @Test
    void aResumedPoolStartsAllThatFitInTheirOrder() {
        BrowserPool pool = join(2);
        BrowserPool other = join(2);
        pool.operations().pause("for the test");
        enter(pool, "a");
        enter(other, "b");
        enter(pool, "c");

        other.operations().resume();

        assertThat(running(pool)).containsExactly("a", "b");
        assertThat(line(pool)).containsExactly("c");
        assertThat(pool.status().pausedBy()).isEmpty();
    }

    @Test
    void resumingAPoolThatIsNotPausedDoesNothing() {
        BrowserPool pool = join(1);

        pool.operations().resume();

        assertThat(pool.status().pausedBy()).isEmpty();
        take(pool, "a");
    }

    @Test
    void childrenStartWhileThePoolIsPaused() {
        BrowserPool pool = join(2);
        SlotLease parent = take(pool, "parent");
        pool.operations().pause("for the test");

        SlotLease child = parent.child("child", OperationType.AGENT);

        assertThat(child.isValid()).isTrue();
    }

    @Test
    void aPausedPoolStillTakesBackWhatExpires() {
        BrowserPool pool = join(1);
        take(pool, requestFor("a").maxDuration(seconds(10)).build());
        pool.operations().pause("for the test");

        time.advance(seconds(10).plus(STOP_GRACE));

        assertThat(state(pool, "a")).isEqualTo(SlotState.EXPIRED);
    }

    @Test
    void drainingWaitsUntilNothingRuns() {
        BrowserPool pool = join(2);
        BrowserPool other = join(2);
        SlotLease a = take(pool, "a");
        SlotLease b = take(other, "b");

        CompletableFuture<Boolean> draining = drain(pool, REAL_TIME);
        await().until(() -> pool.status().pausedBy().isPresent());
        enter(pool, "newcomer");
        a.close();
        assertThat(draining).isNotDone();
        assertThat(running(pool)).containsExactly("b");
        b.close();

        assertThat(draining.join()).isTrue();
        assertThat(running(pool)).isEmpty();
        assertThat(line(pool)).contains("newcomer");
        pool.operations().resume();
        assertThat(running(pool)).contains("newcomer");
    }

    @Test
    void drainingGivesUpAfterItsTimeAndThePoolStaysPaused() throws InterruptedException {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");

        assertThat(pool.operations().drain(Duration.ofMillis(20))).isFalse();

        assertThat(lease.isValid()).isTrue();
        assertThat(pool.status().pausedBy()).isPresent();
    }

    @Test
    void drainingAnIdlePoolTakesNoTime() throws InterruptedException {
        BrowserPool pool = join(1);

        assertThat(pool.operations().drain(Duration.ZERO)).isTrue();
    }

    private static CompletableFuture<Boolean> drain(BrowserPool pool, Duration howLong) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return pool.operations().drain(howLong);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }
}
