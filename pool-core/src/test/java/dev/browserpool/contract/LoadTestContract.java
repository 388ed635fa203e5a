package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.DuringLoadTest;
import dev.browserpool.LoadTest;
import dev.browserpool.LoadTestInProgressException;
import dev.browserpool.LoadTestLease;
import dev.browserpool.LoadTestOptions;
import dev.browserpool.LoadTestRecord;
import dev.browserpool.LoadTestTimeoutException;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.PoolEvent;
import dev.browserpool.PoolStatus;
import dev.browserpool.RefusalReason;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** While a load test has the pool, nobody is granted a slot, over all members; when it ends, the line is served. */
public abstract class LoadTestContract extends PoolContract {
    static final LoadTestOptions NOW_OR_NEVER = LoadTestOptions.defaults().withTimeout(Duration.ZERO);

    static PoolConfig.Builder patient(int slots) {
        return config(slots).duringLoadTest(DuringLoadTest.WAIT);
    }

    static LoadTestLease begin(BrowserPool pool, String runId) {
        return pool.loadTestLock().tryAcquire(runId, LoadTestOptions.defaults()).orElseThrow();
    }

    @Test
    void newRequestsAreRefusedWithWhoSinceAndUntil() {
        BrowserPool tester = join(2);
        BrowserPool pool = join(2);
        Heard heard = Heard.of(pool);
        LoadTestLease held = tester.loadTestLock()
                .tryAcquire("k6-42", LoadTestOptions.defaults().withWho("ann"))
                .orElseThrow();
        time.advance(seconds(60));

        LoadTestInProgressException refused = failure(LoadTestInProgressException.class, submit(pool, request("a")));

        LoadTest test = refused.loadTest();
        assertThat(test).isEqualTo(held.loadTest());
        assertThat(test.runId()).isEqualTo("k6-42");
        assertThat(test.who()).isEqualTo("ann");
        assertThat(Duration.between(test.since(), test.until())).isEqualTo(Duration.ofHours(2));
        assertThat(Duration.between(test.since(), time.wall()).toSeconds()).isEqualTo(60);
        assertThat(refused).hasMessageContainingAll("request a", "k6-42", "ann", "forceRelease");
        assertThatThrownBy(() -> pool.tryAcquire(request("b"))).isInstanceOf(LoadTestInProgressException.class);
        assertThat(pool.status().counts().refused()).containsEntry(RefusalReason.LOAD_TEST, 2L);
        assertThat(heard.until(PoolEvent.Refused.class).get(0))
                .isInstanceOfSatisfying(
                        PoolEvent.Refused.class,
                        event -> assertThat(event.reason()).isEqualTo(RefusalReason.LOAD_TEST));
        assertThat(pool.slot("a")).isEmpty();
    }

    @Test
    void whoWaitsByConfigurationIsServedWhenItEndsOverAllMembersInOrder() {
        BrowserPool tester = join(patient(2));
        BrowserPool pool = join(patient(2));
        LoadTestLease test = begin(tester, "k6");

        CompletableFuture<SlotLease> first = enter(pool, "first");
        CompletableFuture<SlotLease> second = enter(tester, "second");
        CompletableFuture<SlotLease> third = enter(pool, "third");
        time.advance(seconds(30));
        assertThat(line(pool)).containsExactly("first", "second", "third");
        assertThat(pool.tryAcquire(request("try"))).isEmpty();
        test.close();

        assertThat(granted(first).isValid()).isTrue();
        assertThat(granted(second).isValid()).isTrue();
        assertThat(third).isNotDone();
        assertThat(test.isValid()).isFalse();
    }

    @Test
    void whoWaitedBeforeIsNotGrantedWhatBecomesFree() {
        BrowserPool pool = join(1);
        SlotLease held = take(pool, "held");
        CompletableFuture<SlotLease> waiting = enter(pool, "waiting");
        LoadTestLease test = begin(pool, "k6");

        held.close();
        time.advance(seconds(5));

        assertThat(running(pool)).isEmpty();
        assertThat(line(pool)).containsExactly("waiting");
        test.close();
        assertThat(granted(waiting).isValid()).isTrue();
    }

    @Test
    void theStatusShowsItAndWhoWaitsForIt() {
        BrowserPool pool = join(patient(3));
        take(pool, exclusive("owner", "shop"));
        LoadTestLease test = begin(pool, "k6");
        enter(pool, "a");
        enter(pool, exclusive("b", "shop"));

        PoolStatus status = pool.status();

        assertThat(status.loadTest()).contains(test.loadTest());
        assertThat(status.available()).isZero();
        assertThat(status.load()).isEqualTo(new PoolStatus.Load(1, 0, 0, 1, 1));
        assertThat(status.load().waiting()).isEqualTo(2);
        assertThat(status.byType().get(OperationType.TEST_RUN).waitingForLoadTest())
                .isEqualTo(1);
        assertThat(status.estimatedWait()).isEmpty();
        test.close();
        assertThat(pool.status().loadTest()).isEmpty();
        assertThat(pool.status().load()).isEqualTo(new PoolStatus.Load(2, 0, 0, 1));
    }

    @Test
    void aRequestWhoseTimeIsOverMeanwhileHearsOfIt() {
        BrowserPool pool = join(patient(1));
        begin(pool, "k6");
        CompletableFuture<SlotLease> waiting =
                enter(pool, requestFor("a").timeout(seconds(10)).build());

        time.advance(seconds(10));

        SlotTimeoutException late = failure(SlotTimeoutException.class, waiting);
        assertThat(late.loadTest().orElseThrow().runId()).isEqualTo("k6");
        assertThat(late).hasMessageContaining("load test k6");
    }

    @Test
    void childrenOfRunningLeasesStillStart() {
        BrowserPool pool = join(1);
        SlotLease parent = take(pool, "parent");
        begin(pool, "k6");

        SlotLease child = parent.child("child", OperationType.TEST_RUN);

        assertThat(child.isValid()).isTrue();
        child.close();
    }

    @Test
    void thereIsOneAtATime() throws Exception {
        BrowserPool pool = join(1);
        BrowserPool other = join(1);
        LoadTestLease first = begin(pool, "first");

        assertThat(other.loadTestLock().tryAcquire("second", LoadTestOptions.defaults()))
                .isEmpty();
        assertThat(pool.loadTestLock().tryAcquire("first", LoadTestOptions.defaults()))
                .isEmpty();
        LoadTestTimeoutException busy = catchThrowableOfType(
                LoadTestTimeoutException.class, () -> other.loadTestLock().acquire("second", NOW_OR_NEVER));
        assertThat(busy.other()).contains(first.loadTest());
        assertThat(busy).hasMessageContainingAll("second", "first");
        CompletableFuture<LoadTestLease> second = acquiring(other, "second", LoadTestOptions.defaults());
        first.close();

        assertThat(second.get(REAL_TIME.toSeconds(), TimeUnit.SECONDS).isValid())
                .isTrue();
        assertThat(pool.loadTestLock().current().orElseThrow().runId()).isEqualTo("second");
    }

    private static CompletableFuture<LoadTestLease> acquiring(BrowserPool pool, String run, LoadTestOptions options) {
        CompletableFuture<LoadTestLease> future = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        future.complete(pool.loadTestLock().acquire(run, options));
                    } catch (Exception e) {
                        future.completeExceptionally(e);
                    }
                },
                "tester-" + run);
        thread.setDaemon(true);
        thread.start();
        return future;
    }

    @Test
    void theLockIsTakenFirstAndThenRunningBrowsersDrain() throws Exception {
        BrowserPool pool = join(patient(2));
        BrowserPool tester = join(patient(2));
        SlotLease held = take(pool, "held");
        CompletableFuture<LoadTestLease> test =
                acquiring(tester, "k6", LoadTestOptions.defaults().withDrain(REAL_TIME));
        await().until(() -> pool.loadTestLock().isActive());
        enter(pool, "newcomer");

        assertThat(test).isNotDone();
        held.close();

        LoadTestLease lease = test.get(REAL_TIME.toSeconds(), TimeUnit.SECONDS);
        assertThat(lease.isValid()).isTrue();
        assertThat(running(pool)).isEmpty();
        assertThat(lease.awaitDrained(Duration.ZERO)).isTrue();
    }

    @Test
    void ifTheyDoNotDrainInTimeTheLockIsGivenBack() {
        BrowserPool pool = join(2);
        take(pool, "held");

        LoadTestTimeoutException late = catchThrowableOfType(
                LoadTestTimeoutException.class,
                () -> pool.loadTestLock()
                        .acquire("k6", LoadTestOptions.defaults().withDrain(INSTANT)));

        assertThat(late.running()).containsExactly("held");
        assertThat(late.other()).isEmpty();
        assertThat(late).hasMessageContaining("held");
        assertThat(pool.loadTestLock().isActive()).isFalse();
        take(pool, "next");
    }

    @Test
    void anInterruptedTesterHoldsNothing() {
        BrowserPool pool = join(1);
        take(pool, "held");
        Caller tester = Caller.start(() -> {
            pool.loadTestLock().acquire("k6", LoadTestOptions.defaults().withDrain(REAL_TIME));
            throw new AssertionError("it should not have drained");
        });
        await().until(() -> pool.loadTestLock().isActive());

        tester.interrupt();

        await().until(() -> !pool.loadTestLock().isActive());
    }

    @Test
    void itsTimeLimitEndsItAndTheLineIsServed() {
        BrowserPool tester = join(patient(1));
        BrowserPool pool = join(patient(1));
        LoadTestLease test = tester.loadTestLock()
                .tryAcquire("k6", LoadTestOptions.defaults().withTimeLimit(seconds(10)))
                .orElseThrow();
        CompletableFuture<String> told = new CompletableFuture<>();
        test.onLost(told::complete);
        CompletableFuture<SlotLease> waiting = enter(pool, "waiting");

        time.advance(seconds(10).minus(INSTANT));
        assertThat(test.isValid()).isTrue();
        assertThat(waiting).isNotDone();
        time.advance(INSTANT.plus(POLL));

        assertThat(granted(waiting).isValid()).isTrue();
        assertThat(test.isValid()).isFalse();
        assertThat(get(told)).isEqualTo("its time limit was over");
        test.close();
        assertThat(pool.loadTestLock().history(1).get(0).by()).isEqualTo("the pool");
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(REAL_TIME.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anybodyMayEndItByForceAndThatIsOnRecord() {
        BrowserPool tester = join(1);
        BrowserPool pool = join(1);
        Heard heard = Heard.of(tester);
        LoadTestLease test = begin(tester, "k6");
        CompletableFuture<String> told = new CompletableFuture<>();
        test.onLost(told::complete);

        assertThat(pool.loadTestLock().forceRelease("bob", "release night")).contains(test.loadTest());

        assertThat(get(told)).contains("release night");
        assertThat(test.isValid()).isFalse();
        assertThat(heard.one(PoolEvent.LoadTestStarted.class).test()).isEqualTo(test.loadTest());
        assertThat(heard.one(PoolEvent.LoadTestEnded.class).reason()).isEqualTo("release night");
        LoadTestRecord record = tester.loadTestLock().history(10).get(0);
        assertThat(record.test()).isEqualTo(test.loadTest());
        assertThat(record.by()).isEqualTo("bob");
        assertThat(record.reason()).isEqualTo("release night");
        assertThat(pool.loadTestLock().forceRelease("bob", "again")).isEqualTo(Optional.empty());
        take(pool, "next");
    }

    @Test
    void aLateCloseDoesNotEndTheNextOne() {
        BrowserPool pool = join(1);
        LoadTestLease first = begin(pool, "first");
        pool.loadTestLock().forceRelease("bob", "it hangs");
        LoadTestLease second = begin(pool, "second");

        first.close();
        first.close();

        assertThat(second.isValid()).isTrue();
        assertThat(pool.loadTestLock().current()).contains(second.loadTest());
    }

    @Test
    void otherWorkCanAskWhetherThePoolIsAvailable() {
        BrowserPool pool = join(1);
        pool.loadTestLock().checkAvailable("deployment 7");
        LoadTestLease test = begin(pool, "k6");

        LoadTestInProgressException taken = catchThrowableOfType(
                LoadTestInProgressException.class, () -> pool.loadTestLock().checkAvailable("deployment 7"));

        assertThat(taken.loadTest()).isEqualTo(test.loadTest());
        assertThat(taken.what()).isEqualTo("deployment 7");
        assertThat(taken).hasMessageContainingAll("deployment 7", "k6");
    }

    @Test
    void peopleStillCheckProfilesOut() {
        BrowserPool pool = join(1);
        begin(pool, "k6");

        pool.profiles().checkOut("shop", "ann", "looks", seconds(60));

        assertThat(pool.profiles().view("shop").blocks()).hasSize(1);
        assertThat(pool.profiles().checkIn("shop", "ann", "done")).isTrue();
    }

    @Test
    void aPauseAndAResizeBesideItKeepTheirMeaning() {
        BrowserPool pool = join(patient(1));
        LoadTestLease test = begin(pool, "k6");
        CompletableFuture<SlotLease> first = enter(pool, "first");
        CompletableFuture<SlotLease> second = enter(pool, "second");
        pool.operations().resize(2);
        pool.operations().pause("for the test");
        assertThat(line(pool)).containsExactly("first", "second");

        test.close();
        assertThat(line(pool)).containsExactly("first", "second");
        pool.operations().resume();

        assertThat(List.of(granted(first).isValid(), granted(second).isValid())).containsExactly(true, true);
    }

    @Test
    void whatCantBeShownIsNoName() {
        BrowserPool pool = join(1);

        assertThatThrownBy(() -> pool.loadTestLock().tryAcquire(" ", LoadTestOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("runId");
        assertThatThrownBy(() -> pool.loadTestLock().acquireFor("k6", Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeLimit");
        assertThatThrownBy(() -> pool.loadTestLock().forceRelease("", "why"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("who");
    }
}
