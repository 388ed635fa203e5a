package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserSlot;
import dev.browserpool.LeaseLoss;
import dev.browserpool.OperationType;
import dev.browserpool.ProfileHome;
import dev.browserpool.ProfileRule;
import dev.browserpool.ProfileRule.OnStale;
import dev.browserpool.ProfileStatus;
import dev.browserpool.RequestCancelledException;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotState;
import dev.browserpool.contract.Wire.Call;
import dev.browserpool.spi.SessionLease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that was restarted, with or without its data: members come back with what they have, and nobody else gets it meanwhile. */
public abstract class RestartContract extends PoolContract {
    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final Duration PASS = Cluster.MEMBER_TTL.plus(STOP_GRACE);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsHeldAndAwaitedIsKnownAgain(boolean withData) {
        BrowserPool pool = join(1);
        BrowserPool other = join(1);
        SlotLease held = take(pool, exclusive("held", "shop"));
        CompletableFuture<SlotLease> first = enter(other, exclusive("first", "shop"));
        CompletableFuture<SlotLease> second = enter(pool, "second");
        time.advance(seconds(5));
        List<String> members = pool.status().members();

        cluster.restart(withData);
        time.settle();

        assertThat(held.isValid()).isTrue();
        assertThat(running(other)).containsExactly("held");
        assertThat(line(other)).containsExactly("first", "second");
        assertThat(pool.status().members()).containsExactlyInAnyOrderElementsOf(members);
        BrowserSlot slot = held.slot();
        assertThat(slot.times().waited()).isZero();
        assertThat(slot.times().ran()).isEqualTo(seconds(5));
        assertThat(slot.grant().orElseThrow().token()).isEqualTo(held.token());
        time.advance(WINDOW);
        held.complete();
        held.close();
        SlotLease next = granted(first);
        assertThat(next.token()).isGreaterThan(held.token());
        assertThat(state(pool, "held")).isEqualTo(SlotState.COMPLETED);
        next.close();
        assertThat(granted(second).token()).isGreaterThan(next.token());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsGrantedUntilEverybodyHadTheChanceToComeBack(boolean withData) {
        BrowserPool away = join(2);
        BrowserPool pool = join(2);
        SlotLease held = take(away, "held");
        cluster.cutOff(away);
        cluster.restart(withData);
        time.settle();

        CompletableFuture<SlotLease> newcomer = enter(pool, "newcomer");
        CompletableFuture<SlotLease> another = enter(pool, "another");
        time.advance(WINDOW.minus(INSTANT));
        assertThat(state(pool, "newcomer")).isEqualTo(SlotState.WAITING);
        cluster.reconnect(away);
        time.advance(INSTANT);
        time.advance(withData ? seconds(16) : POLL);

        assertThat(granted(newcomer).isValid()).isTrue();
        if (withData) {
            assertThat(held.isValid()).isTrue();
            assertThat(another).isNotDone();
            assertThat(running(pool)).containsExactly("held", "newcomer");
        }
    }

    @Test
    void whoComesBackInTimeIsBeforeNewcomers() {
        BrowserPool away = join(1);
        BrowserPool pool = join(1);
        SlotLease held = take(away, "held");
        CompletableFuture<SlotLease> waiting = enter(away, "waiting");
        time.advance(INSTANT);
        cluster.cutOff(away);
        cluster.restart(false);
        time.settle();
        enter(pool, "newcomer");
        cluster.reconnect(away);
        time.advance(WINDOW.minus(INSTANT));

        assertThat(running(pool)).containsExactly("held");
        assertThat(line(pool)).containsExactly("waiting", "newcomer");
        time.advance(WINDOW);
        held.close();
        assertThat(granted(waiting).isValid()).isTrue();
    }

    @Test
    void whoeverComesBackTooLateToAStoreWithoutDataHasLostItsLeases() {
        BrowserPool away = join(1);
        BrowserPool pool = join(1);
        SlotLease lost = take(away, "lost");
        List<LeaseLoss> told = listen(lost);
        CompletableFuture<SlotLease> waiting = enter(away, "waiting");
        cluster.cutOff(away);
        cluster.restart(false);
        SlotLease next = granted(patiently(pool, "next"));

        cluster.reconnect(away);
        time.advance(seconds(16));

        assertThat(lost.isValid()).isFalse();
        await().untilAsserted(() -> assertThat(told).hasSize(1));
        assertThat(told.get(0).reason()).isEqualTo(LeaseLoss.Reason.LOST);
        assertThat(running(pool)).containsExactly("next");
        lost.close();
        assertThat(next.isValid()).isTrue();
        assertThat(line(pool)).containsExactly("waiting");
        next.close();
        assertThat(granted(waiting).isValid()).isTrue();
    }

    private CompletableFuture<SlotLease> patiently(BrowserPool pool, String id) {
        time.settle();
        CompletableFuture<SlotLease> future = enter(pool, id);
        time.advance(WINDOW);
        return future;
    }

    @Test
    void whoeverIsKnownFromBeforeHasUntilNothingOfItsOwnCanBeInUse() {
        BrowserPool dead = join(1);
        BrowserPool pool = join(1);
        pool.profiles().setRule(ProfileRule.defaultFor("shop").withOnStale(OnStale.INSPECT));
        take(dead, exclusive("dead", "shop"));
        CompletableFuture<SlotLease> ghost = enter(dead, "ghost");
        CompletableFuture<SlotLease> next = enter(pool, exclusive("next", "shop"));
        cluster.cutOff(dead);
        cluster.restart(true);

        time.advance(PASS.minus(INSTANT));
        assertThat(state(pool, "next")).isEqualTo(SlotState.WAITING);
        time.advance(POLL);

        SlotLease lease = granted(next);
        assertThat(lease.recoveredFrom().orElseThrow().owner().requestId()).isEqualTo("dead");
        assertThat(lease.recoveredFrom().orElseThrow().status()).isEqualTo(ProfileStatus.STALE);
        assertThat(state(pool, "dead")).isEqualTo(SlotState.LOST);
        assertThat(state(pool, "ghost")).isEqualTo(SlotState.ABANDONED);
        assertThat(line(pool)).isEmpty();
        assertThat(ghost).isNotDone();
    }

    @Test
    void aStoreWithItsDataWaitsNoLongerThanForTheLastOne() {
        BrowserPool pool = join(1);
        join(1);
        SlotLease held = take(pool, "held");
        CompletableFuture<SlotLease> next = enter(pool, "next");

        cluster.restart(true);
        time.advance(WINDOW);
        held.close();

        assertThat(granted(next).isValid()).isTrue();
    }

    @Test
    void aMemberThatLeavesIsNotWaitedFor() {
        BrowserPool leaving = join(1);
        BrowserPool pool = join(1);
        take(leaving, "held");
        cluster.cutOff(leaving);
        cluster.restart(true);
        time.advance(WINDOW);
        cluster.reconnect(leaving);
        leaving.close();

        CompletableFuture<SlotLease> next = submit(pool, request("next"));
        time.advance(POLL);

        assertThat(granted(next).isValid()).isTrue();
        assertThat(pool.status().members()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLeaseKeepsItsTimeItsExtensionAndItsChildren(boolean withData) {
        BrowserPool pool = join(1);
        SlotLease held = take(pool, requestFor("held").maxDuration(seconds(60)).build());
        held.extendBy(seconds(30));
        SlotLease child = held.child("child", OperationType.EXPLORATION);
        time.advance(seconds(20));

        cluster.restart(withData);
        time.settle();

        assertThat(running(pool)).containsExactly("held", "child");
        assertThat(child.isValid()).isTrue();
        time.advance(seconds(70).minus(INSTANT));
        assertThat(state(pool, "held")).isEqualTo(SlotState.RUNNING);
        time.advance(POLL);
        assertThat(state(pool, "held")).isEqualTo(SlotState.STOPPING);
        held.close();
        assertThat(state(pool, "held")).isEqualTo(SlotState.EXPIRED);
        assertThat(state(pool, "child")).isEqualTo(SlotState.EXPIRED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsBeingTakenBackIsNotGivenAgain(boolean withData) {
        BrowserPool pool = join(1);
        BrowserPool other = join(1);
        SlotLease held = take(pool, exclusive("held", "shop"));
        assertThat(other.operations().revoke("held", "for the test")).isTrue();

        cluster.restart(withData);
        time.advance(WINDOW.plus(POLL));

        assertThat(held.isValid()).isFalse();
        held.close();
        CompletableFuture<SlotLease> next = submit(other, exclusive("next", "shop"));
        time.advance(POLL);
        assertThat(granted(next).isValid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProfileThatIsInUseKeepsItsHomeAndItsRecord(boolean withData) {
        BrowserPool pool = join(1);
        SessionLease held = (SessionLease) take(pool, exclusive("held", "shop"));
        held.opened();
        held.checkpoint("half way");

        cluster.restart(withData);
        time.settle();

        assertThat(pool.profiles().view("shop").home().map(ProfileHome::token)).contains(held.token());
        held.close();
        assertThat(pool.profiles()
                        .history("shop", 1)
                        .get(0)
                        .ownership()
                        .orElseThrow()
                        .lock()
                        .progress()
                        .checkpoint())
                .contains("half way");
    }

    @Test
    void leasesAreAcceptedAboveTheLimit() {
        BrowserPool pool = join(3);
        List<SlotLease> leases = List.of(take(pool, "a"), take(pool, "b"), take(pool, "c"));
        pool.operations().resize(1);

        cluster.restart(true);
        time.advance(WINDOW);

        assertThat(leases).allMatch(SlotLease::isValid);
        CompletableFuture<SlotLease> next = enter(pool, "next");
        leases.get(0).close();
        leases.get(1).close();
        assertThat(next).isNotDone();
        leases.get(2).close();
        assertThat(granted(next).isValid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLongLineComesBackInItsOrder(boolean withData) {
        BrowserPool pool = join(1);
        SlotLease held = take(pool, "held");
        List<CompletableFuture<SlotLease>> line = new ArrayList<>();
        IntStream.range(0, 450).forEach(i -> line.add(submit(pool, request("r" + i))));
        cluster.wire(pool).loseNextAnswerTo(Call.REJOIN);

        cluster.restart(withData);
        time.advance(WINDOW.plus(POLL));

        assertThat(pool.operations().line(0, 500))
                .extracting(waiting -> waiting.slot().requestId())
                .containsExactlyElementsOf(
                        IntStream.range(0, 450).mapToObj(i -> "r" + i).toList());
        held.close();
        granted(line.get(0)).close();
        line.subList(1, 450).forEach(future -> future.cancel(false));
        await().untilAsserted(() -> assertThat(line(pool)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStoreThatIsRestartedTwiceIsCameBackToTwice(boolean withData) {
        BrowserPool pool = join(1);
        SlotLease held = take(pool, exclusive("held", "shop"));
        CompletableFuture<SlotLease> next = enter(pool, "next");

        cluster.restart(withData);
        cluster.restart(!withData);
        time.advance(WINDOW.plus(POLL));
        cluster.restart(withData);
        time.advance(WINDOW.plus(POLL));

        assertThat(held.isValid()).isTrue();
        assertThat(running(pool)).containsExactly("held");
        held.close();
        assertThat(granted(next).token()).isGreaterThan(held.token());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestOnItsWayArrivesOnce(boolean withData) {
        BrowserPool pool = join(2);
        cluster.cutOff(pool);
        CompletableFuture<SlotLease> sent = submit(pool, request("sent"));
        cluster.restart(withData);
        cluster.reconnect(pool);

        time.advance(WINDOW.plus(seconds(16)));

        assertThat(granted(sent).isValid()).isTrue();
        time.advance(seconds(60));
        assertThat(running(pool)).containsExactly("sent");
    }

    @Test
    void theIdOfARunningRequestThatCameBackIsItsOwn() {
        BrowserPool away = join(2);
        BrowserPool pool = join(2);
        SlotLease held = take(away, "same");
        cluster.cutOff(away);
        cluster.restart(false);
        time.settle();
        CompletableFuture<SlotLease> namesake = enter(pool, "same");

        cluster.reconnect(away);
        time.settle();

        failure(RequestCancelledException.class, namesake);
        assertThat(held.isValid()).isTrue();
        assertThat(held.slot().state()).isEqualTo(SlotState.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoeverAlsoReturnsWhileTheStoreForgetsHoldsNothing(boolean withData) {
        BrowserPool pool = join(1);
        SlotLease held = take(pool, exclusive("held", "shop"));
        cluster.wire(pool).delayNext(Call.RELEASE);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(held::close);
        await().until(() -> !cluster.wire(pool).awaitsCallToDelay());
        cluster.restart(withData);
        time.settle();
        cluster.wire(pool).arrive();

        time.advance(WINDOW.plus(seconds(16)));

        await().until(closing::isDone);
        assertThat(running(pool)).isEmpty();
        CompletableFuture<SlotLease> next = submit(pool, exclusive("next", "shop"));
        time.advance(POLL);
        assertThat(granted(next).isValid()).isTrue();
    }

    private static List<LeaseLoss> listen(SlotLease lease) {
        List<LeaseLoss> told = new CopyOnWriteArrayList<>();
        lease.onLost(told::add);
        return told;
    }
}
