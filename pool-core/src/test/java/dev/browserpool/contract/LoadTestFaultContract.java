package dev.browserpool.contract;

import static dev.browserpool.contract.LoadTestContract.begin;
import static dev.browserpool.contract.LoadTestContract.get;
import static dev.browserpool.contract.LoadTestContract.patient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.LoadTest;
import dev.browserpool.LoadTestInProgressException;
import dev.browserpool.LoadTestLease;
import dev.browserpool.LoadTestOptions;
import dev.browserpool.PoolClosedException;
import dev.browserpool.PoolEvent.ProfileConflict.Detector;
import dev.browserpool.SlotLease;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.spi.OutsideOwner;
import dev.browserpool.spi.SessionLease;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A load test whose member dies or closes, whose store forgets, or whose messages are lost. */
public abstract class LoadTestFaultContract extends PoolContract {
    private static final Duration WINDOW = Duration.ofSeconds(2);

    private static CompletableFuture<String> lossOf(LoadTestLease test) {
        CompletableFuture<String> told = new CompletableFuture<>();
        test.onLost(told::complete);
        return told;
    }

    @Test
    void itEndsWithItsMemberWhichKnowsBefore() {
        BrowserPool tester = join(patient(1));
        BrowserPool pool = join(patient(1));
        LoadTestLease test = begin(tester, "k6");
        CompletableFuture<SlotLease> waiting = enter(pool, "waiting");
        cluster.cutOff(tester);

        time.advance(Cluster.MEMBER_TTL.minus(seconds(2)));
        assertThat(waiting).isNotDone();
        assertThat(test.isValid()).isFalse();
        time.advance(seconds(3));

        assertThat(granted(waiting).isValid()).isTrue();
        assertThat(get(lossOf(test))).contains("could not be reached");
        assertThat(pool.loadTestLock().history(1).get(0).reason()).isEqualTo("its member died");
    }

    @Test
    void whoIsHeardOfAgainInTimeStillHasIt() {
        BrowserPool tester = join(patient(1));
        BrowserPool pool = join(patient(1));
        LoadTestLease test = begin(tester, "k6");
        cluster.cutOff(tester);
        time.advance(seconds(30));
        cluster.reconnect(tester);
        time.advance(seconds(60));

        assertThat(test.isValid()).isTrue();
        assertThat(pool.loadTestLock().current()).contains(test.loadTest());
    }

    @Test
    void oneThatWasLostWhileTheStoreWasAwayIsGivenBackToIt() {
        BrowserPool tester = join(patient(1));
        BrowserPool pool = join(patient(1));
        LoadTestLease test = begin(tester, "k6");
        CompletableFuture<SlotLease> waiting = enter(pool, "waiting");
        cluster.cutOff(tester);
        time.advance(Cluster.MEMBER_TTL.minus(seconds(2)));
        assertThat(get(lossOf(test))).contains("could not be reached");
        assertThat(waiting).isNotDone();

        cluster.reconnect(tester);
        time.advance(Cluster.MEMBER_TTL.dividedBy(3).plus(seconds(1)));

        assertThat(granted(waiting).isValid()).isTrue();
        assertThat(pool.loadTestLock().history(1).get(0).reason()).isEqualTo("its holder had lost it");
    }

    @Test
    void anOutageWhileBrowsersDrainDoesNotGiveItBack() {
        BrowserPool tester = join(patient(1));
        BrowserPool pool = join(patient(1));
        SlotLease held = take(pool, "held");
        LoadTestLease test = begin(tester, "k6");
        Caller draining = Caller.start(() -> {
            throw new IllegalStateException("drained: " + test.awaitDrained(Duration.ofMinutes(1)));
        });
        await().until(draining::isParked);
        cluster.cutOff(tester);
        await().during(Duration.ofMillis(500)).until(() -> !draining.isDone());

        cluster.reconnect(tester);
        held.close();

        assertThat(draining.thrown()).hasMessage("drained: true");
        assertThat(pool.loadTestLock().current()).contains(test.loadTest());
    }

    @Test
    void aDrainThatHearsNothingUntilItsTimeIsOverSaysSo() {
        BrowserPool tester = join(patient(1));
        LoadTestLease test = begin(tester, "k6");
        cluster.cutOff(tester);

        assertThatThrownBy(() -> test.awaitDrained(Duration.ofMillis(300)))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(test.isValid()).isTrue();
    }

    @Test
    void whoWaitsForItHearsAtOnceThatItsPoolCloses() {
        BrowserPool tester = join(1);
        BrowserPool pool = join(config(1).closeGrace(seconds(30)));
        SlotLease held = take(pool, "held");
        begin(tester, "k6");
        Caller waiting = Caller.start(() -> {
            pool.loadTestLock().acquire("k7", LoadTestOptions.defaults());
            throw new IllegalStateException("it was had");
        });
        await().until(waiting::isParked);

        Caller closing = Caller.start(() -> {
            pool.close();
            throw new IllegalStateException("closed");
        });

        assertThat(waiting.thrown()).isInstanceOf(PoolClosedException.class);
        held.close();
        assertThat(closing.thrown()).hasMessage("closed");
    }

    @Test
    void itEndsWithItsPool() {
        BrowserPool tester = join(patient(1));
        BrowserPool pool = join(patient(1));
        LoadTestLease test = begin(tester, "k6");
        CompletableFuture<String> told = lossOf(test);
        CompletableFuture<SlotLease> waiting = enter(pool, "waiting");

        tester.close();

        assertThat(granted(waiting).isValid()).isTrue();
        assertThat(test.isValid()).isFalse();
        assertThat(get(told)).endsWith("pool was closed");
        test.close();
        assertThatThrownBy(() -> begin(tester, "again")).isInstanceOf(PoolClosedException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStoreThatForgetsIsToldByItsHolderBeforeAnythingIsGranted(boolean withData) {
        BrowserPool tester = join(patient(1));
        BrowserPool pool = join(patient(1));
        LoadTestLease test = begin(tester, "k6");
        CompletableFuture<SlotLease> waiting = enter(pool, "waiting");
        time.advance(seconds(5));

        cluster.restart(withData);
        time.settle();
        time.advance(WINDOW.plus(seconds(30)));

        assertThat(waiting).isNotDone();
        assertThat(test.isValid()).isTrue();
        LoadTest known = pool.loadTestLock().current().orElseThrow();
        assertThat(known).isEqualTo(test.loadTest());
        test.close();
        assertThat(granted(waiting).isValid()).isTrue();
    }

    @Test
    void aStoreThatRemembersItKeepsItForItsHolderOnlyAsLongAsThatMayComeBack() {
        BrowserPool tester = join(patient(1));
        BrowserPool pool = join(patient(1));
        begin(tester, "k6");
        cluster.cutOff(tester);
        cluster.restart(true);
        time.settle();
        CompletableFuture<SlotLease> waiting = enter(pool, "waiting");

        time.advance(Cluster.MEMBER_TTL);
        assertThat(waiting).isNotDone();
        time.advance(STOP_GRACE.plus(seconds(1)));

        assertThat(granted(waiting).isValid()).isTrue();
    }

    @Test
    void whoComesBackTooLateToAStoreWithoutDataHasLostIt() {
        BrowserPool tester = join(patient(1));
        BrowserPool pool = join(patient(1));
        LoadTestLease test = begin(tester, "k6");
        CompletableFuture<String> told = lossOf(test);
        cluster.cutOff(tester);
        cluster.restart(false);
        time.settle();
        CompletableFuture<SlotLease> waiting = enter(pool, "waiting");
        time.advance(WINDOW);
        assertThat(granted(waiting).isValid()).isTrue();

        cluster.reconnect(tester);
        time.advance(seconds(16));

        assertThat(get(told)).contains("granted slots since");
        assertThat(test.isValid()).isFalse();
        assertThat(pool.loadTestLock().isActive()).isFalse();
    }

    @Test
    void anEndThatWasNotHeardIsFoundOut() {
        BrowserPool tester = join(1);
        BrowserPool pool = join(1);
        LoadTestLease test = begin(tester, "k6");
        cluster.wire(tester).dropSignals();

        assertThat(pool.loadTestLock().forceRelease("bob", "release night")).isPresent();
        time.advance(Cluster.MEMBER_TTL.dividedBy(3));

        assertThat(get(lossOf(test))).contains("does not know it");
        assertThat(test.isValid()).isFalse();
    }

    @Test
    void aLockWhoseAnswerWasLostIsGivenBack() {
        BrowserPool tester = join(1);
        BrowserPool pool = join(1);
        cluster.wire(tester).loseNextAnswerTo(Wire.Call.GOVERN);

        assertThatThrownBy(() -> tester.loadTestLock().tryAcquire("k6", LoadTestOptions.defaults()))
                .isInstanceOf(StoreUnavailableException.class);
        time.advance(seconds(1));

        assertThat(pool.loadTestLock().isActive()).isFalse();
        take(pool, "next");
    }

    @Test
    void whoAsksAgainAndAgainWhileTheStoreIsAwayGivesBackOnce() {
        BrowserPool tester = join(1);
        LoadTestOptions patiently = LoadTestOptions.defaults().withTimeout(Duration.ofMinutes(1));
        Wire wire = cluster.wire(tester);
        wire.cut();
        int before = wire.calls();
        Caller asking = Caller.start(() -> {
            tester.loadTestLock().acquire("k6", patiently);
            throw new IllegalStateException("it was had");
        });
        await().until(() -> wire.calls() - before >= 12);
        asking.interrupt();
        assertThat(asking.thrown()).isInstanceOf(InterruptedException.class);

        int atTheEnd = wire.calls();
        wire.mend();
        time.advance(seconds(5));

        assertThat(wire.calls() - atTheEnd).isLessThan(5); // signs of life, and one that gives back
        assertThat(tester.loadTestLock().isActive()).isFalse();
    }

    @Test
    void anAttemptThatWasHadAndNotHeardIsFoundByTheNext() throws Exception {
        BrowserPool tester = join(1);
        cluster.wire(tester).loseNextAnswerTo(Wire.Call.GOVERN);

        LoadTestLease test =
                tester.loadTestLock().acquire("k6", LoadTestOptions.defaults().withTimeout(Duration.ofMinutes(1)));
        time.advance(seconds(20));

        assertThat(test.isValid()).isTrue();
        assertThat(tester.loadTestLock().current()).contains(test.loadTest());
        assertThat(tester.loadTestLock().history(5)).isEmpty();
    }

    @Test
    void aCloseWhoseAnswerWasLostIsRepeated() {
        BrowserPool tester = join(1);
        LoadTestLease test = begin(tester, "k6");
        cluster.wire(tester).delayNext(Wire.Call.GOVERN);

        Caller closing = Caller.start(() -> {
            test.close();
            throw new IllegalStateException("closed");
        });
        await().until(closing::isParked);
        time.advance(seconds(1));

        assertThat(tester.loadTestLock().isActive()).isFalse();
        assertThat(tester.loadTestLock().history(5)).hasSize(1);
    }

    @Test
    void whoWaitedIsNotRefusedWhenItsMemberHasToComeAnew() {
        BrowserPool tester = join(1);
        BrowserPool pool = join(1);
        SlotLease held = take(tester, "held");
        CompletableFuture<SlotLease> waiting = enter(pool, "waiting");
        LoadTestLease test = begin(tester, "k6");
        cluster.cutOff(pool);
        time.advance(Cluster.MEMBER_TTL.plus(seconds(1)));
        cluster.reconnect(pool);
        time.advance(seconds(16));

        assertThat(line(pool)).containsExactly("waiting");
        assertThatThrownBy(() -> pool.tryAcquire(request("newcomer"))).isInstanceOf(LoadTestInProgressException.class);
        held.close();
        test.close();
        assertThat(granted(waiting).isValid()).isTrue();
    }

    @Test
    void whoIsParkedMeanwhileWaitsAtItsOldPlace() {
        BrowserPool pool = join(1);
        SessionLease lease = SessionLease.of(take(pool, exclusive("parked", "shop")));
        CompletableFuture<SlotLease> later = enter(pool, "later");
        LoadTestLease test = begin(pool, "k6");
        Caller parked = Caller.start(
                () -> lease.park(new OutsideOwner("desk-1", 4711, "chromium"), Detector.PROBE, seconds(2)));
        await().until(() -> line(pool).equals(List.of("parked", "later")));
        time.advance(seconds(5));
        assertThat(line(pool)).containsExactly("parked", "later");

        test.close();

        assertThat(parked.lease().requestId()).isEqualTo("parked");
        assertThat(later).isNotDone();
        parked.lease().close();
        assertThat(granted(later).isValid()).isTrue();
    }
}
