package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPool;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileRule;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotLease;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of a profile whose owner vanished: nobody ever confirmed that its browser was stopped. */
public abstract class StaleProfileContract extends PoolContract {

    @Test
    void aProfileThatPassedWithoutConfirmationIsStale() {
        BrowserPool pool = join(1);
        ProfileLock before = vanish(pool, "owner");

        ProfileLock stale = pool.profiles().current("shop").get(0);

        assertThat(stale.status()).isEqualTo(ProfileStatus.STALE);
        assertThat(stale.owner()).isEqualTo(before.owner());
        assertThat(stale.token()).isEqualTo(before.token());
        assertThat(pool.profiles().all()).containsExactly(stale);
        assertThat(running(pool)).isEmpty();
    }

    @Test
    void theTimesOfAStaleOwnerStandStill() {
        BrowserPool pool = join(1);
        ProfileLock before = vanish(pool, "owner");

        time.advance(seconds(1_000));
        ProfileLock stale = pool.profiles().current("shop").get(0);

        assertThat(stale.acquiredAt()).isEqualTo(before.acquiredAt());
        assertThat(stale.mustEndBy()).isEqualTo(before.mustEndBy());
    }

    @Test
    void theNextOwnerIsToldWhomHeRecoversFrom() {
        BrowserPool pool = join(1);
        ProfileLock before = vanish(pool, "owner");
        time.advance(seconds(1_000));

        SlotLease next = take(pool, exclusive("next", "shop"));

        ProfileLock vanished = next.recoveredFrom().orElseThrow();
        assertThat(vanished.status()).isEqualTo(ProfileStatus.STALE);
        assertThat(vanished.owner()).isEqualTo(before.owner());
        assertThat(vanished.token()).isEqualTo(before.token());
        assertThat(vanished.acquiredAt()).isEqualTo(before.acquiredAt());
        assertThat(ProfileContract.owners(pool, "shop")).containsExactly("next");
    }

    @Test
    void whoeverWaitedForItIsToldToo() {
        BrowserPool pool = join(2);
        take(
                pool,
                requestFor("owner")
                        .profile(ProfileClaim.exclusive("shop"))
                        .maxDuration(seconds(10))
                        .build());
        CompletableFuture<SlotLease> next = enter(pool, exclusive("next", "shop"));

        time.advance(seconds(10).plus(STOP_GRACE));

        assertThat(granted(next).recoveredFrom().orElseThrow().owner().requestId())
                .isEqualTo("owner");
    }

    @Test
    void onlyTheFirstOneAfterwardsRecovers() {
        BrowserPool pool = join(1);
        vanish(pool, "owner");
        take(pool, exclusive("recovers", "shop")).close();

        assertThat(pool.profiles().current("shop")).isEmpty();
        assertThat(take(pool, exclusive("later", "shop")).recoveredFrom()).isEmpty();
    }

    @Test
    void aConfirmedLossLeavesNothingToRecoverFrom() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, exclusive("owner", "shop"));
        pool.operations().revoke("owner", "for the test");
        time.advance(STOP_GRACE.minus(INSTANT));
        lease.close();

        assertThat(pool.profiles().current("shop")).isEmpty();
        assertThat(take(pool, exclusive("next", "shop")).recoveredFrom()).isEmpty();
    }

    @Test
    void aStaleProfileIsNoConflict() {
        BrowserPool pool = join(1);
        vanish(pool, "owner");

        SlotLease next = take(pool, ProfileContract.refusing(exclusive("next", "shop")));

        assertThat(next.recoveredFrom()).isPresent();
    }

    @Test
    void aSharedOwnerWhoVanishedIsReportedWhileOthersStillHaveTheProfile() {
        BrowserPool pool = join(3);
        pool.profiles().setRule(ProfileRule.defaultFor("shop").withMaxActive(2));
        take(pool, shared("stays", "shop"));
        take(pool, shared("vanishes", "shop"));
        pool.operations().revoke("vanishes", "for the test");
        time.advance(STOP_GRACE);

        SlotLease next = take(pool, shared("next", "shop"));

        assertThat(next.recoveredFrom().orElseThrow().owner().requestId()).isEqualTo("vanishes");
        assertThat(ProfileContract.owners(pool, "shop")).containsExactly("stays", "next");
    }

    @Test
    void aLateCloseByTheVanishedOwnerDoesNotTouchTheNextOne() {
        BrowserPool pool = join(1);
        SlotLease former = take(pool, exclusive("owner", "shop"));
        pool.operations().revoke("owner", "for the test");
        time.advance(STOP_GRACE);
        SlotLease next = take(pool, exclusive("next", "shop"));

        former.close();

        assertThat(next.isValid()).isTrue();
        assertThat(ProfileContract.owners(pool, "shop")).containsExactly("next");
    }

    @Test
    void aPoolThatIsClosedBeforeItsLeaseIsConfirmedLeavesTheProfileStale() {
        BrowserPool pool = join(1);
        BrowserPool other = join(1);
        take(pool, exclusive("owner", "shop"));

        pool.close();

        assertThat(other.profiles().current("shop").get(0).status()).isEqualTo(ProfileStatus.STALE);
        assertThat(running(other)).isEmpty();
        assertThat(take(other, exclusive("next", "shop")).recoveredFrom()).isPresent();
    }

    @Test
    void theSignsOfLifeOfAnOwnerEndWithIt() {
        BrowserPool pool = join(1);
        ProfileLock before = vanish(pool, "owner");
        Instant end = time.wall().truncatedTo(ChronoUnit.MILLIS);

        time.advance(seconds(1_000));
        ProfileLock.Times times = pool.profiles().current("shop").get(0).times();

        assertThat(times.heartbeatAt()).isBetween(before.times().heartbeatAt(), end);
        assertThat(times.leaseExpiresAt())
                .contains(times.heartbeatAt().plus(Cluster.MEMBER_TTL).plus(STOP_GRACE));
    }

    /** Lets a request take the profile and lose it without a confirmation. */
    private ProfileLock vanish(BrowserPool pool, String id) {
        ProfileLock lock = take(pool, exclusive(id, "shop")).profile().orElseThrow();
        pool.operations().revoke(id, "for the test");
        time.advance(STOP_GRACE);
        return lock;
    }
}
