package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolEvent;
import dev.browserpool.ProfileBlock;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileQuarantinedException;
import dev.browserpool.ProfileRule;
import dev.browserpool.ProfileRule.OnStale;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.spi.SessionLease;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a profile's rule wants after an owner that vanished, or that could not close its browser cleanly. */
public abstract class OnStaleContract extends PoolContract {
    private static final Duration WINDOW = Duration.ofMinutes(5);

    @Test
    void withoutARuleTheNextInLineRecovers() {
        BrowserPool pool = join(2);
        vanish(pool, task("owner", "task_1"));

        SlotLease next = take(pool, exclusive("next", "shop"));

        assertThat(next.recoveredFrom().orElseThrow().owner().taskId()).contains("task_1");
        assertThat(SessionLease.of(next).mustInspect()).isFalse();
        assertThat(pool.profiles().view("shop").status()).contains(ProfileStatus.RUNNING);
    }

    @Test
    void withInspectTheNextOwnerIsToldToInspect() {
        BrowserPool pool = join(2);
        rule(pool, OnStale.INSPECT);
        vanish(pool, task("owner", "task_1"));

        SessionLease next = SessionLease.of(take(pool, exclusive("next", "shop")));

        assertThat(next.mustInspect()).isTrue();
        next.close();
        assertThat(SessionLease.of(take(pool, exclusive("later", "shop"))).mustInspect())
                .isFalse();
    }

    @Test
    void anOwnerWhoFindsItUnfitQuarantinesAndReleasesItInOneStep() {
        BrowserPool pool = join(2);
        rule(pool, OnStale.INSPECT);
        vanish(pool, task("owner", "task_1"));
        SessionLease inspector = SessionLease.of(take(pool, exclusive("inspector", "shop")));
        CompletableFuture<SlotLease> next = enter(pool, exclusive("next", "shop"));

        Heard heard = Heard.of(pool);
        inspector.quarantine("its cookies are damaged");
        inspector.close();

        assertThat(heard.one(PoolEvent.ProfileChanged.class).record().note()).isEqualTo("its cookies are damaged");

        ProfileBlock block = pool.profiles().view("shop").blocks().get(0);
        assertThat(block.status()).isEqualTo(ProfileStatus.QUARANTINED);
        assertThat(block.who()).isEqualTo("inspector");
        assertThat(block.why()).isEqualTo("its cookies are damaged");
        assertThat(running(pool)).isEmpty();
        assertThat(line(pool)).containsExactly("next");

        pool.profiles().clear("shop", "ann", "repaired");
        assertThat(granted(next).recoveredFrom()).isEmpty();
    }

    @Test
    void aQuarantineWithoutAReasonIsOneAllTheSameAndTheCloseDoesNotThrow() {
        BrowserPool pool = join(2);
        Heard heard = Heard.of(pool);
        SessionLease owner = SessionLease.of(take(pool, exclusive("owner", "shop")));
        owner.quarantine(" ");

        owner.close();

        assertThat(heard.one(PoolEvent.ProfileChanged.class).record().note()).isEqualTo("no reason was given");
        assertThat(pool.profiles().view("shop").status()).contains(ProfileStatus.QUARANTINED);
    }

    @Test
    void withReviewItIsQuarantinedUntilAPersonClearsIt() {
        BrowserPool pool = join(2);
        rule(pool, OnStale.REVIEW);
        SlotRequest owner = task("owner", "task_1");
        SlotLease lease = take(pool, owner);
        CompletableFuture<SlotLease> waiting = enter(pool, exclusive("waiting", "shop"));
        pool.operations().revoke("owner", "for the test");
        time.advance(STOP_GRACE);

        assertThat(pool.profiles().view("shop").status()).contains(ProfileStatus.QUARANTINED);
        assertThat(line(pool)).containsExactly("waiting");
        ProfileQuarantinedException e = failure(
                ProfileQuarantinedException.class, submit(pool, ProfileContract.refusing(exclusive("second", "shop"))));
        assertThat(e.profileId()).isEqualTo("shop");
        assertThat(e.quarantine().why()).contains("its owner vanished: request owner");
        assertThat(e).hasMessageContaining("clear(profileId, who, note)");
        assertThat(lease.isValid()).isFalse();

        time.advance(Duration.ofMinutes(30));
        assertThat(line(pool)).containsExactly("waiting");
        assertThat(pool.profiles().clear("shop", "ann", "looked at it, all in order"))
                .isTrue();
        assertThat(granted(waiting).recoveredFrom()).isEmpty();
        assertThat(pool.profiles().clear("shop", "ann", "again")).isFalse();
    }

    @Test
    void withRetryItIsKeptForTheTaskThatLostIt() {
        BrowserPool pool = join(3);
        rule(pool, OnStale.RETRY);
        vanish(pool, task("owner", "task_1"));
        CompletableFuture<SlotLease> other = enter(pool, task("other", "task_2"));

        assertThat(pool.profiles().view("shop").blocks())
                .extracting(ProfileBlock::status, ProfileBlock::who)
                .containsExactly(tuple(ProfileStatus.STALE, "task_1"));
        SlotLease again = take(pool, task("again", "task_1"));

        assertThat(again.recoveredFrom().orElseThrow().owner().requestId()).isEqualTo("owner");
        assertThat(other).isNotDone();
        again.close();
        assertThat(granted(other).recoveredFrom()).isEmpty();
    }

    @Test
    void theTaskThatComesAgainGetsItsOldPlace() {
        BrowserPool pool = join(1);
        rule(pool, OnStale.RETRY);
        take(
                pool,
                requestFor("owner")
                        .taskId("task_1")
                        .profile(ProfileClaim.exclusive("shop"))
                        .build());
        enter(pool, "early");
        enter(pool, task("other", "task_2"));
        pool.operations().revoke("owner", "for the test");
        time.advance(STOP_GRACE);
        assertThat(running(pool)).containsExactly("early");

        enter(pool, task("again", "task_1"));

        assertThat(line(pool)).containsExactly("again", "other");
        pool.operations().revoke("early", "for the test");
        time.advance(STOP_GRACE);
        assertThat(running(pool)).containsExactly("again");
    }

    @Test
    void aTaskThatWaitsAlreadyWhenTheProfileIsLostGetsTheOldPlace() {
        BrowserPool pool = join(1);
        rule(pool, OnStale.RETRY);
        take(pool, task("owner", "task_1"));
        enter(pool, task("other", "task_2"));
        enter(pool, task("again", "task_1"));
        pool.operations().revoke("owner", "for the test");
        assertThat(line(pool)).containsExactly("other", "again");

        time.advance(STOP_GRACE);

        assertThat(running(pool)).containsExactly("again");
        assertThat(line(pool)).containsExactly("other");
    }

    @Test
    void afterTheRetryWindowTheNextInLineRecovers() {
        BrowserPool pool = join(3);
        rule(pool, OnStale.RETRY);
        vanish(pool, task("owner", "task_1"));
        CompletableFuture<SlotLease> other = enter(pool, task("other", "task_2"));

        time.advance(WINDOW.minus(INSTANT));
        assertThat(other).isNotDone();
        time.advance(INSTANT.plus(POLL));

        assertThat(granted(other).recoveredFrom().orElseThrow().owner().requestId())
                .isEqualTo("owner");
        assertThat(pool.profiles().view("shop").blocks()).isEmpty();
    }

    @Test
    void aKeptProfileRefusesWhoeverDoesNotWait() {
        BrowserPool pool = join(3);
        rule(pool, OnStale.RETRY);
        vanish(pool, task("owner", "task_1"));

        ProfileConflictException e = failure(
                ProfileConflictException.class, submit(pool, ProfileContract.refusing(task("other", "task_2"))));

        assertThat(e.block().map(ProfileBlock::who)).contains("task_1");
        assertThat(e.freeAt()).contains(time.wall().plus(WINDOW).truncatedTo(ChronoUnit.MILLIS));
        assertThat(take(
                                pool,
                                requestFor("again")
                                        .taskId("task_1")
                                        .profile(ProfileClaim.exclusive("shop").refuseOnConflict())
                                        .build())
                        .isValid())
                .isTrue();
    }

    @Test
    void aTaskWithoutANameIsItsRequest() {
        BrowserPool pool = join(3);
        rule(pool, OnStale.RETRY);
        vanish(pool, exclusive("owner", "shop"));

        assertThat(take(pool, exclusive("owner", "shop")).recoveredFrom()).isPresent();
    }

    @Test
    void whoeverLeavesWhileItIsKeptForHimLeavesItKept() {
        BrowserPool pool = join(1);
        rule(pool, OnStale.RETRY);
        vanish(pool, task("owner", "task_1"));
        take(pool, "holder");
        enter(pool, task("again", "task_1"));
        enter(pool, task("other", "task_2"));

        pool.cancel("again");
        pool.operations().revoke("holder", "for the test");
        time.advance(STOP_GRACE);
        assertThat(running(pool)).isEmpty();

        assertThat(take(pool, task("once more", "task_1")).recoveredFrom()).isPresent();
    }

    @Test
    void anOwnerThatCouldNotCloseItsBrowserLeavesItFailed() {
        BrowserPool pool = join(2);
        SessionLease owner = SessionLease.of(take(pool, task("owner", "task_1")));
        owner.unclean("the browser had to be killed");
        owner.complete();
        owner.close();

        ProfileLock failed = pool.profiles().current("shop").get(0);
        assertThat(failed.status()).isEqualTo(ProfileStatus.FAILED);
        assertThat(failed.owner().taskId()).contains("task_1");
        SlotLease next = take(pool, exclusive("next", "shop"));
        assertThat(next.recoveredFrom().map(ProfileLock::status)).contains(ProfileStatus.FAILED);
        next.close();
        assertThat(pool.profiles().current("shop")).isEmpty();
    }

    @Test
    void aFailedProfileFollowsItsRuleToo() {
        BrowserPool pool = join(2);
        rule(pool, OnStale.REVIEW);
        SessionLease owner = SessionLease.of(take(pool, task("owner", "task_1")));
        owner.unclean("the browser had to be killed");
        owner.close();

        assertThat(pool.profiles().view("shop").blocks().get(0).why())
                .isEqualTo("its browser could not be closed cleanly: the browser had to be killed");
    }

    @Test
    void aConfirmedLossNeedsNoRule() {
        BrowserPool pool = join(2);
        rule(pool, OnStale.REVIEW);
        SlotLease owner = take(pool, task("owner", "task_1"));
        pool.operations().revoke("owner", "for the test");
        owner.close();

        assertThat(pool.profiles().view("shop").status()).isEmpty();
    }

    @Test
    void aDeadMemberLeavesItsProfileToTheRule() {
        BrowserPool dead = join(2);
        BrowserPool pool = join(2);
        rule(pool, OnStale.REVIEW);
        take(dead, task("owner", "task_1"));
        cluster.cutOff(dead);

        time.advance(Cluster.MEMBER_TTL.plus(STOP_GRACE).plus(POLL));

        assertThat(pool.profiles().view("shop").status()).contains(ProfileStatus.QUARANTINED);
        assertThat(pool.profiles()
                        .view("shop")
                        .vanished()
                        .map(lock -> lock.owner().requestId()))
                .isEqualTo(Optional.of("owner"));
    }

    private static SlotRequest task(String id, String task) {
        return requestFor(id)
                .taskId(task)
                .profile(ProfileClaim.exclusive("shop"))
                .build();
    }

    private static void rule(BrowserPool pool, OnStale onStale) {
        pool.profiles()
                .setRule(ProfileRule.defaultFor("shop").withOnStale(onStale).withRetryWindow(WINDOW));
    }

    /** Lets a request take the profile and lose it without a confirmation. */
    private void vanish(BrowserPool pool, SlotRequest request) {
        take(pool, request);
        pool.operations().revoke(request.requestId(), "for the test");
        time.advance(STOP_GRACE);
    }
}
