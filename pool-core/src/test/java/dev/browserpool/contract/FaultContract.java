package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserSlot;
import dev.browserpool.PoolEvent;
import dev.browserpool.RequestCancelledException;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotState;
import dev.browserpool.SlotTimeoutException;
import dev.browserpool.StoreUnusableException;
import dev.browserpool.contract.Wire.Call;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "Perhaps it happened, perhaps not: repeat it." Calls that fail, answers and signals that get lost. */
public abstract class FaultContract extends PoolContract {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void nothingIsLostOrDoubledWhileCallsFailAndSignalsGetLost(long seed) {
        try (Storm storm = new Storm(cluster, seed)) {
            storm.rage(400);
            storm.settle();
        }
    }

    @Test
    void aGrantOfWhichTheAnswerWasLostIsTakenOnce() {
        BrowserPool pool = join(2);
        cluster.wire(pool).loseNextAnswerTo(Call.SUBMIT);
        CompletableFuture<SlotLease> future = submit(pool, request("a"));
        assertThat(future).isNotDone();

        time.advance(seconds(1));

        SlotLease lease = granted(future);
        assertThat(running(pool)).containsExactly("a");
        assertThat(pool.status().counts().granted()).isEqualTo(1);
        lease.close();
        assertThat(running(pool)).isEmpty();
    }

    @Test
    void aStoreThatCannotBeUsedEndsCallsAtOnceAndIsAskedAgainAtTheUsualPaceAlone() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "holder");
        try (LogCapture log = LogCapture.from(Level.INFO)) {
            cluster.wire(pool).refuse("key x should hold y");
            CompletableFuture<SlotLease> future = submit(pool, request("a"));
            await().until(future::isCompletedExceptionally);
            assertThatThrownBy(future::join)
                    .hasCauseInstanceOf(StoreUnusableException.class)
                    .hasMessageContaining("key x should hold y");
            assertThatThrownBy(pool::status).isInstanceOf(StoreUnusableException.class);

            int before = cluster.wire(pool).calls();
            time.advance(Cluster.MEMBER_TTL.dividedBy(3));
            time.advance(seconds(5));
            assertThat(cluster.wire(pool).calls() - before).isBetween(1, 2);
            assertThat(lease.isValid()).isTrue();
            assertThat(log.linesWith("did not answer a sign of life")).hasSize(1);

            cluster.wire(pool).calm();
            time.advance(Cluster.MEMBER_TTL.dividedBy(3));
            assertThat(log.linesWith("the store answers again")).hasSize(1);
        }
        assertThat(lease.isValid()).isTrue();
        lease.close();
        take(pool, "b").close();
    }

    @Test
    void aRequestThatEndedBeforeItWasRepeatedIsNotServedAgain() {
        BrowserPool pool = join(1);
        BrowserPool other = join(1);
        List<PoolEvent.Ended> ends = ends(pool);
        SlotLease holder = take(other, "holder");
        cluster.wire(pool).loseNextAnswerTo(Call.SUBMIT);
        CompletableFuture<SlotLease> future = submit(pool, request("a"));
        holder.close();
        granted(future).close();

        time.advance(seconds(1));

        assertThat(running(pool)).isEmpty();
        assertThat(pool.status().counts().granted()).isEqualTo(2);
        assertThat(pool.recent(10)).extracting(BrowserSlot::requestId).containsExactly("a", "holder");
        await().untilAsserted(() -> assertThat(ends).hasSize(1));
    }

    @Test
    void aGrantThatArrivesAfterItsRequestHasEndedIsGivenBackAtTheNextSignOfLife() {
        BrowserPool pool = join(1);
        cluster.wire(pool).delayNext(Call.SUBMIT);
        CompletableFuture<SlotLease> future = submit(pool, request("a"));
        time.advance(seconds(1));
        granted(future).close();

        cluster.wire(pool).arrive();
        assertThat(running(pool)).as("nobody knows of it").containsExactly("a");
        time.advance(Cluster.MEMBER_TTL.dividedBy(3));

        assertThat(running(pool)).isEmpty();
    }

    @Test
    void aPlaceInLineThatArrivesAfterItsRequestHasEndedIsGivenUpAtTheNextSignOfLife() {
        BrowserPool pool = join(1);
        SlotLease holder = take(pool, "holder");
        cluster.wire(pool).delayNext(Call.SUBMIT);
        CompletableFuture<SlotLease> future = submit(pool, request("a"));
        time.advance(seconds(1));
        future.cancel(false);
        assertThat(line(pool)).isEmpty();

        cluster.wire(pool).arrive();
        assertThat(line(pool)).as("nobody knows of it").containsExactly("a");
        time.advance(Cluster.MEMBER_TTL.dividedBy(3));

        assertThat(line(pool)).isEmpty();
        assertThat(holder.isValid()).isTrue();
    }

    @Test
    void aReleaseThatArrivesAgainHarmsNobody() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");
        cluster.wire(pool).delayNext(Call.RELEASE);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(lease::close);
        await().until(() -> {
            time.advance(INSTANT.multipliedBy(20));
            return closing.isDone();
        });
        SlotLease next = take(pool, "a");

        cluster.wire(pool).arrive();

        assertThat(next.isValid()).isTrue();
        assertThat(next.slot().state()).isEqualTo(SlotState.RUNNING);
    }

    @Test
    void aReleaseOfWhichTheAnswerWasLostHappensOnce() {
        BrowserPool pool = join(1);
        List<PoolEvent.Ended> ends = ends(pool);
        SlotLease lease = take(pool, "a");
        cluster.wire(pool).loseNextAnswerTo(Call.RELEASE);
        lease.complete();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(lease::close);
        await().until(() -> pool.recent(1).size() == 1);
        SlotLease next = take(pool, "next");
        time.advance(seconds(1));
        closing.join();

        assertThat(next.isValid()).isTrue();
        assertThat(lease.slot().state()).isEqualTo(SlotState.COMPLETED);
        await().untilAsserted(() -> assertThat(ends)
                .extracting(PoolEvent.Ended::slot)
                .extracting(BrowserSlot::requestId)
                .containsExactly("a"));
    }

    @Test
    void aTimeoutOfWhichTheAnswerWasLostIsATimeout() {
        BrowserPool pool = join(1);
        take(pool, "holder");
        List<PoolEvent.Ended> ends = ends(pool);
        CompletableFuture<SlotLease> late =
                enter(pool, requestFor("late").timeout(seconds(5)).build());
        time.advance(seconds(5).minus(INSTANT));
        cluster.wire(pool).loseNextAnswerTo(Call.WITHDRAW);
        time.advance(seconds(2));

        failure(SlotTimeoutException.class, late);
        assertThat(line(pool)).isEmpty();
        assertThat(state(pool, "late")).isEqualTo(SlotState.TIMED_OUT);
        await().untilAsserted(() -> assertThat(ends).hasSize(1));
    }

    @Test
    void aGrantOfWhichTheSignalWasLostIsMadeUpForWithinAPollInterval() {
        BrowserPool pool = join(1);
        BrowserPool deaf = join(1);
        SlotLease holder = take(pool, "holder");
        CompletableFuture<SlotLease> waiting = enter(deaf, "waiting");
        cluster.wire(deaf).dropSignals();
        holder.close();
        assertThat(running(pool)).containsExactly("waiting");

        time.advance(POLL);

        assertThat(granted(waiting).isValid()).isTrue();
    }

    @Test
    void aGrantOfWhichTheSignalWasLostIsMadeUpForAfterALongWaitToo() {
        BrowserPool pool = join(1);
        BrowserPool deaf = join(1);
        SlotLease holder = take(pool, "holder");
        CompletableFuture<SlotLease> waiting = enter(deaf, "waiting");
        time.advance(seconds(100));
        cluster.wire(deaf).dropSignals();
        holder.close();

        time.advance(POLL);

        assertThat(granted(waiting).isValid()).isTrue();
    }

    @Test
    void aLossOfWhichAllSignalsWereLostIsMadeUpForByASignOfLife() {
        BrowserPool pool = join(1);
        BrowserPool deaf = join(1);
        SlotLease lease = take(deaf, "a");
        cluster.wire(deaf).dropSignals();
        pool.operations().revoke("a", "nobody hears this");
        time.advance(STOP_GRACE);
        SlotLease next = take(pool, "next");

        time.advance(Cluster.MEMBER_TTL.dividedBy(3));

        assertThat(lease.isValid()).isFalse();
        assertThat(next.isValid()).isTrue();
        lease.close();
        assertThat(running(pool)).containsExactly("next");
    }

    @Test
    void aCancellationOfWhichTheSignalWasLostIsMadeUpFor() {
        BrowserPool pool = join(1);
        BrowserPool deaf = join(1);
        take(pool, "holder");
        CompletableFuture<SlotLease> waiting = enter(deaf, "waiting");
        cluster.wire(deaf).dropSignals();
        assertThat(pool.cancel("waiting")).isTrue();

        time.advance(POLL);

        failure(RequestCancelledException.class, waiting);
    }

    @Test
    void aSignalThatComesTwiceCountsOnce() {
        BrowserPool pool = join(1);
        BrowserPool other = join(1);
        List<PoolEvent> heard = new CopyOnWriteArrayList<>();
        other.addListener(heard::add);
        cluster.wire(other).garble(1, 0, 1, 0);
        SlotLease holder = take(pool, "holder");
        CompletableFuture<SlotLease> waiting = enter(other, "waiting");
        holder.close();
        SlotLease lease = granted(waiting);
        pool.operations().revoke("waiting", "for the test");
        time.advance(STOP_GRACE);
        lease.close();

        await().untilAsserted(() -> assertThat(heard)
                .extracting(e -> e.getClass().getSimpleName())
                .containsExactly("Queued", "Granted", "Stopping", "Ended"));
    }

    @Test
    void signalsInTheWrongOrderComeToTheRightEnd() {
        BrowserPool pool = join(1);
        BrowserPool other = join(1);
        SlotLease holder = take(pool, "holder");
        CompletableFuture<SlotLease> waiting = enter(other, "waiting");
        cluster.wire(other).garble(1, 0, 0, 1);
        holder.close();
        cluster.wire(other).garble(1, 0, 0, 0);
        pool.operations().revoke("waiting", "its grant comes after this");

        SlotLease lease = granted(waiting);

        assertThat(lease.isValid()).isFalse();
        lease.close();
        assertThat(state(pool, "waiting")).isEqualTo(SlotState.REVOKED);
        assertThat(running(pool)).isEmpty();
    }

    @Test
    void aSignOfLifeOfWhichTheAnswerWasLostIsRepeated() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");
        for (int i = 0; i < 20; i++) {
            cluster.wire(pool).loseNextAnswerTo(Call.BEAT);
            time.advance(seconds(15));
        }

        assertThat(lease.isValid()).isTrue();
    }

    private static List<PoolEvent.Ended> ends(BrowserPool pool) {
        List<PoolEvent.Ended> ends = new CopyOnWriteArrayList<>();
        pool.addListener(event -> {
            if (event instanceof PoolEvent.Ended ended) {
                ends.add(ended);
            }
        });
        return ends;
    }
}
