package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.DuplicateRequestException;
import dev.browserpool.PoolStatus;
import dev.browserpool.QueueFullException;
import dev.browserpool.RequestCancelledException;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotState;
import dev.browserpool.SlotTimeoutException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The line: who may enter, who stands where, and all the ways to leave it. */
public abstract class LineContract extends PoolContract {

    @Test
    void aFullLineRefusesTheNextWithTheNumbers() {
        BrowserPool pool = join(config(1).maxQueued(2));
        take(pool, "holder");
        enter(pool, "a");
        enter(pool, "b");

        QueueFullException e = failure(QueueFullException.class, submit(pool, request("c")));

        assertThat(e.waiting()).isEqualTo(2);
        assertThat(e.maximum()).isEqualTo(2);
        assertThat(e.profileId()).isEmpty();
        assertThat(e).hasMessageContaining("request c was refused: 2 requests wait already, 2 may");
        assertThat(line(pool)).containsExactly("a", "b");
        assertThat(pool.slot("c")).as("it was never in line").isEmpty();
    }

    @Test
    void aFullLineRefusesNobodyWhoCanRunAtOnce() {
        BrowserPool pool = join(config(2).maxQueued(1));
        take(pool, exclusive("owner", "shop"));
        enter(pool, exclusive("blocked", "shop"));

        take(pool, "free");

        assertThat(running(pool)).containsExactly("owner", "free");
    }

    @Test
    void aFullLineOfOneProfileRefusesTheNextForThatProfileOnly() {
        BrowserPool pool = join(config(1).maxQueuedPerProfile(1));
        take(pool, exclusive("owner", "shop"));
        enter(pool, exclusive("a", "shop"));

        QueueFullException e = failure(QueueFullException.class, submit(pool, exclusive("b", "shop")));

        assertThat(e.profileId()).contains("shop");
        assertThat(e.waiting()).isEqualTo(1);
        assertThat(e.maximum()).isEqualTo(1);
        enter(pool, exclusive("c", "bank"));
        enter(pool, "d");
        assertThat(line(pool)).containsExactly("a", "c", "d");
    }

    @Test
    void aLineOfZeroRefusesWhoeverCannotRunAtOnce() {
        BrowserPool pool = join(config(1).maxQueued(0));
        take(pool, "holder");

        QueueFullException e = failure(QueueFullException.class, submit(pool, request("a")));

        assertThat(e.waiting()).isZero();
    }

    @Test
    void anotherLengthCountsForNewcomersOnly() {
        BrowserPool pool = join(1);
        take(pool, "holder");
        enter(pool, "a");
        enter(pool, "b");

        pool.operations().setMaxQueued(1);
        failure(QueueFullException.class, submit(pool, request("c")));
        assertThat(line(pool)).containsExactly("a", "b");

        pool.operations().setMaxQueued(3);
        enter(pool, "d");
        assertThat(pool.status().limit().maxQueued()).isEqualTo(3);
    }

    @Test
    void anIdThatWaitsRunsOrStopsIsRefusedAndFreeAgainAfterwards() {
        BrowserPool pool = join(1);
        BrowserPool other = join(1);
        SlotLease holder = take(pool, "holder");
        CompletableFuture<SlotLease> waiting = enter(pool, "waiting");

        assertThat(duplicate(other, "holder").state()).isEqualTo(SlotState.RUNNING);
        assertThat(duplicate(other, "waiting").state()).isEqualTo(SlotState.WAITING);
        assertThat(waiting).as("the one that was there first stays").isNotDone();
        pool.operations().revoke("holder", "for the test");
        assertThat(duplicate(pool, "holder").state()).isEqualTo(SlotState.STOPPING);

        holder.close();
        granted(waiting).close();
        take(other, "holder").close();
        take(other, "waiting");
    }

    private DuplicateRequestException duplicate(BrowserPool pool, String id) {
        DuplicateRequestException e = failure(DuplicateRequestException.class, submit(pool, request(id)));
        assertThat(e.requestId()).isEqualTo(id);
        return e;
    }

    @Test
    void whoeverIsCancelledLeavesTheLineAndHearsSo() {
        BrowserPool pool = join(1);
        BrowserPool other = join(1);
        take(pool, "holder");
        CompletableFuture<SlotLease> waiting = enter(pool, "waiting");

        assertThat(other.cancel("waiting")).isTrue();

        assertThat(failure(RequestCancelledException.class, waiting).requestId())
                .isEqualTo("waiting");
        assertThat(line(pool)).isEmpty();
        assertThat(state(pool, "waiting")).isEqualTo(SlotState.CANCELLED);
    }

    @Test
    void onlyWhatWaitsIsCancelled() {
        BrowserPool pool = join(1);
        SlotLease running = take(pool, "running");

        assertThat(pool.cancel("running")).isFalse();
        assertThat(pool.cancel("unknown")).isFalse();

        assertThat(running.isValid()).isTrue();
    }

    @Test
    void aBlockedCallerWhoIsCancelledHearsSo() {
        BrowserPool pool = join(1);
        take(pool, "holder");
        Caller caller = block(pool, request("blocked"));

        assertThat(pool.cancel("blocked")).isTrue();

        assertThat(caller.thrown()).isInstanceOf(RequestCancelledException.class);
    }

    @Test
    void theLineIsShownInPages() {
        BrowserPool pool = join(1);
        take(pool, "holder");
        List<String> ids = IntStream.range(0, 250).mapToObj(i -> "r" + i).toList();
        ids.forEach(id -> enter(pool, id));

        assertThat(pool.status().line()).extracting(w -> w.slot().requestId()).isEqualTo(ids.subList(0, 100));
        assertThat(pool.status().load().waiting()).isEqualTo(250);
        assertThat(pool.operations().line(100, 100))
                .extracting(w -> w.slot().requestId())
                .isEqualTo(ids.subList(100, 200));
        assertThat(pool.operations().line(240, 100))
                .extracting(PoolStatus.Waiting::position)
                .isEqualTo(IntStream.rangeClosed(241, 250).boxed().toList());
        assertThat(pool.operations().line(250, 100)).isEmpty();
        assertThat(pool.operations().line(0, 0)).isEmpty();
    }

    @Test
    void aPageBelowZeroIsRefused() {
        BrowserPool pool = join(1);

        assertThatThrownBy(() -> pool.operations().line(-1, 10)).hasMessage("offset is -1, it must be at least 0");
        assertThatThrownBy(() -> pool.operations().line(0, -1)).hasMessage("limit is -1, it must be at least 0");
    }

    @Test
    void anInterruptedCallerLeavesTheLine() {
        BrowserPool pool = join(1);
        SlotLease holder = take(pool, "holder");
        Caller caller = block(pool, request("blocked"));
        enter(pool, "next");

        caller.interrupt();

        assertThat(caller.thrown()).isInstanceOf(InterruptedException.class);
        assertThat(state(pool, "blocked")).isEqualTo(SlotState.CANCELLED);
        assertThat(last(pool, "blocked").ending().orElseThrow().reason()).isEqualTo("its caller was interrupted");
        holder.close();
        assertThat(running(pool)).containsExactly("next");
    }

    @Test
    void aCallerWhoIsInterruptedBeforeHeAsksDoesNotAsk() {
        BrowserPool pool = join(1);

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> pool.acquire(request("a"))).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(pool.slot("a")).isEmpty();
    }

    @Test
    void aFutureThatIsCancelledLeavesTheLine() {
        assertLeavesTheLineAfter(future -> future.cancel(false));
    }

    @Test
    void aFutureThatIsCompletedBySomebodyElseLeavesTheLine() {
        assertLeavesTheLineAfter(future -> future.completeExceptionally(new TimeoutException("for the test")));
    }

    @Test
    void aFutureThatTimesOutByItselfLeavesTheLine() {
        assertLeavesTheLineAfter(future -> future.orTimeout(1, TimeUnit.MILLISECONDS));
    }

    private interface End {
        Object of(CompletableFuture<SlotLease> future);
    }

    private void assertLeavesTheLineAfter(End end) {
        BrowserPool pool = join(1);
        SlotLease holder = take(pool, "holder");
        CompletableFuture<SlotLease> future = enter(pool, "waiting");
        enter(pool, "next");

        assertThat(end.of(future)).isNotNull();

        await().untilAsserted(() -> assertThat(state(pool, "waiting")).isEqualTo(SlotState.CANCELLED));
        assertThat(line(pool)).containsExactly("next");
        holder.close();
        assertThat(running(pool)).containsExactly("next");
    }

    @Test
    void aGrantWhoseFutureWasCompletedBySomebodyElseGoesToTheNext() {
        BrowserPool pool = join(1);
        BrowserPool absent = join(1);
        SlotLease holder = take(pool, "holder");
        CompletableFuture<SlotLease> future = enter(absent, "gave up");
        enter(pool, "next");
        cluster.cutOff(absent);
        future.cancel(false);
        holder.close();
        assertThat(running(pool)).as("the store does not know yet").containsExactly("gave up");

        cluster.reconnect(absent);
        time.advance(seconds(2));

        await().untilAsserted(() -> assertThat(running(pool)).containsExactly("next"));
    }

    @Test
    void aGrantWhoseCallerWasInterruptedGoesToTheNext() {
        BrowserPool pool = join(1);
        BrowserPool absent = join(1);
        SlotLease holder = take(pool, "holder");
        Caller caller = block(absent, request("gave up"));
        enter(pool, "next");
        cluster.cutOff(absent);
        caller.interrupt();
        assertThat(caller.thrown()).isInstanceOf(InterruptedException.class);
        holder.close();

        cluster.reconnect(absent);
        time.advance(seconds(2));

        await().untilAsserted(() -> assertThat(running(pool)).containsExactly("next"));
    }

    @Test
    void aGrantThatComesAfterTheTimeoutGoesToTheNext() {
        BrowserPool pool = join(1);
        BrowserPool absent = join(1);
        SlotLease holder = take(pool, "holder");
        CompletableFuture<SlotLease> late =
                enter(absent, requestFor("late").timeout(seconds(5)).build());
        enter(pool, "next");
        cluster.cutOff(absent);
        time.advance(seconds(7));
        assertThat(failure(SlotTimeoutException.class, late))
                .hasMessage("request late got no slot within PT5S; who holds slots is not known");
        holder.close();

        cluster.reconnect(absent);
        time.advance(seconds(2));

        await().untilAsserted(() -> assertThat(running(pool)).containsExactly("next"));
    }
}
