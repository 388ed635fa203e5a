package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolStatus;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What somebody in line has to expect: how long, and how many browsers may run, and why not as many as were asked for. */
public abstract class OutlookContract extends PoolContract {

    private void run(BrowserPool pool, String id, Duration howLong) {
        SlotLease lease = take(pool, id);
        time.advance(howLong);
        lease.close();
    }

    private static List<Optional<Duration>> estimates(List<PoolStatus.Waiting> line) {
        return line.stream().map(PoolStatus.Waiting::estimatedWait).toList();
    }

    private static Optional<Duration> of(long seconds) {
        return Optional.of(seconds(seconds));
    }

    @Test
    void theWaitIsEstimatedFromHowLongSlotsWereHeld() {
        BrowserPool pool = join(2);
        BrowserPool other = join(2);
        run(pool, "past", seconds(60));
        take(pool, "one");
        take(other, "two");
        enter(pool, "a");
        enter(other, "b");
        enter(pool, "c");

        assertThat(estimates(other.status().line())).containsExactly(of(30), of(60), of(90));
        assertThat(estimates(other.operations().line(1, 1))).containsExactly(of(60));
        assertThat(pool.status().estimatedWait()).isEqualTo(of(120));
    }

    @Test
    void theNewestRunCountsAnEighth() {
        BrowserPool pool = join(1);
        run(pool, "first", seconds(60));
        run(pool, "second", seconds(140));
        take(pool, "holder");
        enter(pool, "a");

        assertThat(estimates(pool.status().line())).containsExactly(of(70));
    }

    @Test
    void childrenDoNotCountForTheyHoldNoSlot() {
        BrowserPool pool = join(1);
        SlotLease parent = take(pool, "parent");
        parent.child("child", dev.browserpool.OperationType.TEST_RUN).close();
        assertThat(pool.status().estimatedWait()).isEmpty();
        time.advance(seconds(30));
        parent.close();
        take(pool, "holder");

        assertThat(pool.status().estimatedWait()).isEqualTo(of(30));
    }

    @Test
    void nobodyKnowsBeforeTheFirstOneHasEndedButAFreeSlotIsFree() {
        BrowserPool pool = join(1);
        assertThat(pool.status().estimatedWait()).isEqualTo(of(0));
        take(pool, "holder");
        enter(pool, "a");

        assertThat(pool.status().estimatedWait()).isEmpty();
        assertThat(estimates(pool.status().line())).containsExactly(Optional.empty());
    }

    @Test
    void whoWaitsForAProfileIsNotInTheWayAndIsNotEstimated() {
        BrowserPool pool = join(2);
        run(pool, "past", seconds(60));
        take(pool, exclusive("owner", "shop"));
        take(pool, "holder");
        enter(pool, exclusive("a", "shop"));
        enter(pool, exclusive("b", "shop"));
        enter(pool, "c");

        assertThat(estimates(pool.status().line())).containsExactly(Optional.empty(), Optional.empty(), of(30));
    }

    @Test
    void whilePausedNobodyKnows() {
        BrowserPool pool = join(1);
        run(pool, "past", seconds(60));
        pool.operations().pause("for the test");

        assertThat(pool.status().estimatedWait()).isEmpty();
    }

    @Test
    void aTimeoutSaysHowLongItWouldStillHaveTaken() {
        BrowserPool pool = join(1);
        run(pool, "past", seconds(600));
        take(pool, "holder");
        SlotRequest request = requestFor("late").timeout(seconds(5)).build();
        CompletableFuture<SlotLease> waiting = enter(pool, request);

        time.advance(seconds(5));

        SlotTimeoutException late = failure(SlotTimeoutException.class, waiting);
        assertThat(late.estimatedWait()).isEqualTo(of(600));
        assertThat(late).hasMessageContaining("it would have had to wait about 10 min more");
        assertThat(late.loadTest()).isEmpty();
    }

    @Test
    void aCapIsInForceWhateverWasAskedFor() {
        BrowserPool pool = join(config(5).cap(1, "headed on one shared display"));
        take(pool, "holder");
        CompletableFuture<SlotLease> waiting = enter(pool, "a");

        PoolStatus.Limit limit = pool.status().limit();
        assertThat(limit.requested()).isEqualTo(5);
        assertThat(limit.effective()).isEqualTo(1);
        assertThat(limit.reason()).contains("headed on one shared display");
        pool.operations().resize(3);

        assertThat(waiting).isNotDone();
        limit = pool.status().limit();
        assertThat(limit.requested()).isEqualTo(3);
        assertThat(limit.effective()).isEqualTo(1);
        assertThat(limit.reason()).contains("headed on one shared display");
    }

    @Test
    void aResizeThroughAnotherMemberIsAReason() {
        BrowserPool pool = join(2);
        BrowserPool other = join(2);
        other.operations().resize(4);

        PoolStatus.Limit limit = pool.status().limit();
        assertThat(limit.requested()).isEqualTo(2);
        assertThat(limit.effective()).isEqualTo(4);
        assertThat(limit.reason().orElseThrow()).contains("resized");
        assertThat(other.status().limit().requested()).isEqualTo(4);
        assertThat(other.status().limit().reason()).isEmpty();
    }
}
