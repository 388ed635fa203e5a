package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolStatus;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileRule;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.spi.SessionLease;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who may have a profile: alone or together, in which order, and taken in one step with the slot. */
public abstract class ProfileContract extends PoolContract {

    @Test
    void anExclusiveOwnerExcludesAllOthers() {
        BrowserPool pool = join(5);
        BrowserPool other = join(5);
        SlotLease owner = take(pool, exclusive("owner", "shop"));
        enter(other, exclusive("a", "shop"));
        enter(pool, shared("b", "shop"));

        assertThat(owners(other, "shop")).containsExactly("owner");
        owner.close();

        assertThat(owners(other, "shop")).containsExactly("a");
        assertThat(line(pool)).containsExactly("b");
    }

    @Test
    void profilesAreIndependentOfEachOther() {
        BrowserPool pool = join(5);

        take(pool, exclusive("a", "shop"));
        take(pool, exclusive("b", "bank"));

        assertThat(pool.profiles().all())
                .extracting(lock -> lock.owner().requestId())
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void sharedOwnersHaveItTogetherUpToItsMaximum() {
        BrowserPool pool = join(5);
        pool.profiles().setRule(ProfileRule.defaultFor("shop").withMaxActive(2));
        SlotLease a = take(pool, shared("a", "shop"));
        take(pool, shared("b", "shop"));

        enter(pool, shared("c", "shop"));
        assertThat(owners(pool, "shop")).containsExactly("a", "b");
        a.close();

        assertThat(owners(pool, "shop")).containsExactly("b", "c");
    }

    @Test
    void anExclusiveClaimWaitsForAllSharedOwners() {
        BrowserPool pool = join(5);
        pool.profiles().setRule(ProfileRule.defaultFor("shop").withMaxActive(2));
        SlotLease a = take(pool, shared("a", "shop"));
        SlotLease b = take(pool, shared("b", "shop"));
        enter(pool, exclusive("alone", "shop"));

        a.close();
        assertThat(owners(pool, "shop")).containsExactly("b");
        b.close();

        assertThat(owners(pool, "shop")).containsExactly("alone");
    }

    @Test
    void anExclusiveClaimIsNeverOvertakenByLaterSharedOnes() {
        BrowserPool pool = join(5);
        pool.profiles().setRule(ProfileRule.defaultFor("shop").withMaxActive(3));
        SlotLease a = take(pool, shared("a", "shop"));
        CompletableFuture<SlotLease> alone = enter(pool, exclusive("alone", "shop"));

        enter(pool, shared("later", "shop"));
        enter(pool, shared("later still", "shop"));
        assertThat(pool.tryAcquire(shared("try", "shop"))).isEmpty();
        a.close();
        assertThat(owners(pool, "shop")).containsExactly("alone");
        granted(alone).close();

        assertThat(owners(pool, "shop")).containsExactly("later", "later still");
    }

    @Test
    void whoeverWaitsForASlotHoldsNoProfile() {
        BrowserPool pool = join(1);
        SlotLease holder = take(pool, "holder");
        enter(pool, exclusive("next owner", "shop"));

        assertThat(pool.profiles().current("shop")).isEmpty();
        assertThat(pool.profiles().all()).isEmpty();
        assertThat(pool.status().load()).isEqualTo(new PoolStatus.Load(1, 0, 1, 0));

        holder.close();
        assertThat(owners(pool, "shop")).containsExactly("next owner");
    }

    @Test
    void whoeverWaitsForAProfileHoldsNoSlot() {
        BrowserPool pool = join(2);
        take(pool, exclusive("owner", "shop"));
        enter(pool, exclusive("a", "shop"));
        enter(pool, exclusive("b", "shop"));

        assertThat(pool.status().load()).isEqualTo(new PoolStatus.Load(1, 0, 0, 2));
        assertThat(pool.status().available()).isEqualTo(1);
        take(pool, "free");
    }

    @Test
    void aClaimThatRefusesConflictsIsToldWhoHasTheProfile() {
        BrowserPool pool = join(2);
        BrowserPool other = join(2);
        SlotLease owner = take(pool, ownedByWorker("owner"));
        time.advance(seconds(30));

        ProfileConflictException e =
                failure(ProfileConflictException.class, submit(other, refusing(exclusive("second", "shop"))));

        ProfileLock current = e.current().orElseThrow();
        assertThat(e.profileId()).isEqualTo("shop");
        assertThat(current.token()).isEqualTo(owner.token());
        assertThat(current.owner())
                .isEqualTo(new ProfileLock.Owner(
                        "owner",
                        OperationType.AGENT,
                        Optional.of("task_7"),
                        Optional.of("worker_3"),
                        Optional.of("account_9"),
                        Optional.of("proxy_1"),
                        owner.slot().grant().orElseThrow().memberId(),
                        current.owner().host(),
                        ProcessHandle.current().pid()));
        assertThat(e).hasMessageContaining("profile shop is RUNNING with owner, task task_7, worker worker_3");
        assertThat(running(pool)).containsExactly("owner");
        assertThat(line(pool)).isEmpty();
        assertThat(pool.slot("second")).isEmpty();
    }

    @Test
    void theRecordOfAnOwnerSaysSinceWhenAndUntilWhen() {
        BrowserPool pool = join(1);
        SlotLease owner = take(pool, ownedByWorker("owner"));

        time.advance(seconds(30));
        ProfileLock lock = pool.profiles().current("shop").get(0);

        assertThat(lock.owner()).isEqualTo(owner.profile().orElseThrow().owner());
        assertThat(lock.token()).isEqualTo(owner.token());
        assertThat(lock.status()).isEqualTo(ProfileStatus.RUNNING);
        assertThat(lock.shared()).isFalse();
        assertThat(lock.acquiredAt())
                .isEqualTo(owner.slot().grant().orElseThrow().grantedAt());
        assertThat(lock.mustEndBy()).isEqualTo(lock.acquiredAt().plusSeconds(900));
    }

    private static SlotRequest ownedByWorker(String id) {
        return SlotRequest.builder(id, OperationType.AGENT)
                .profile(ProfileClaim.exclusive("shop"))
                .taskId("task_7")
                .workerId("worker_3")
                .accountId("account_9")
                .proxyId("proxy_1")
                .maxDuration(seconds(900))
                .build();
    }

    @Test
    void aClaimThatRefusesConflictsIsRefusedByALineToo() {
        BrowserPool pool = join(1);
        take(pool, "holder");
        enter(pool, exclusive("waits for the slot", "shop"));

        ProfileConflictException e =
                failure(ProfileConflictException.class, submit(pool, refusing(exclusive("late", "shop"))));

        assertThat(e.current()).isEmpty();
        assertThat(e).hasMessageContaining("profile shop has others waiting for it");
    }

    @Test
    void aClaimThatRefusesConflictsWaitsForASlotAsAnyOther() {
        BrowserPool pool = join(1);
        SlotLease holder = take(pool, "holder");
        enter(pool, refusing(exclusive("patient", "shop")));

        holder.close();

        assertThat(owners(pool, "shop")).containsExactly("patient");
    }

    @Test
    void aSharedClaimThatRefusesConflictsJoinsOthersWhileThereIsRoom() {
        BrowserPool pool = join(5);
        pool.profiles().setRule(ProfileRule.defaultFor("shop").withMaxActive(2));
        take(pool, shared("a", "shop"));
        take(pool, refusing(shared("b", "shop")));

        failure(ProfileConflictException.class, submit(pool, refusing(shared("c", "shop"))));

        assertThat(owners(pool, "shop")).containsExactly("a", "b");
        assertThat(pool.profiles().current("shop")).allMatch(ProfileLock::shared);
    }

    @Test
    void aRefusedClaimLeavesTheProfileAsItWas() {
        BrowserPool pool = join(2);
        SlotLease owner = take(pool, exclusive("owner", "shop"));
        failure(ProfileConflictException.class, submit(pool, refusing(exclusive("refused", "shop"))));
        assertThat(pool.tryAcquire(exclusive("try", "shop"))).isEmpty();

        owner.close();

        assertThat(pool.profiles().current("shop")).isEmpty();
        take(pool, exclusive("next", "shop"));
    }

    @Test
    void aTryOnATakenProfileFindsNoRoom() {
        BrowserPool pool = join(2);
        take(pool, exclusive("owner", "shop"));

        assertThat(pool.tryAcquire(exclusive("try", "shop"))).isEmpty();
        assertThat(line(pool)).isEmpty();
    }

    @Test
    void aHigherMaximumStartsAtOnceAllThatFit() {
        BrowserPool pool = join(5);
        BrowserPool other = join(5);
        take(pool, shared("a", "shop"));
        enter(pool, shared("b", "shop"));
        enter(pool, shared("c", "shop"));
        enter(pool, shared("d", "shop"));

        other.profiles().setRule(ProfileRule.defaultFor("shop").withMaxActive(3));

        assertThat(owners(pool, "shop")).containsExactly("a", "b", "c");
        assertThat(line(pool)).containsExactly("d");
    }

    @Test
    void aLowerMaximumLetsPresentOwnersFinish() {
        BrowserPool pool = join(5);
        pool.profiles().setRule(ProfileRule.defaultFor("shop").withMaxActive(2));
        SlotLease a = take(pool, shared("a", "shop"));
        SlotLease b = take(pool, shared("b", "shop"));
        enter(pool, shared("c", "shop"));

        pool.profiles().setRule(ProfileRule.defaultFor("shop").withMaxActive(1));
        assertThat(List.of(a, b)).allMatch(SlotLease::isValid);
        a.close();
        assertThat(owners(pool, "shop")).containsExactly("b");
        b.close();

        assertThat(owners(pool, "shop")).containsExactly("c");
    }

    @Test
    void aRuleIsKeptForAllMembersAndOutlivesItsOwners() {
        BrowserPool pool = join(5);
        BrowserPool other = join(5);
        assertThat(pool.profiles().rule("shop"))
                .isEqualTo(ProfileRule.defaultFor("shop").withMaxActive(1));

        pool.profiles().setRule(ProfileRule.defaultFor("shop").withMaxActive(4));
        take(pool, shared("a", "shop")).close();

        assertThat(other.profiles().rule("shop"))
                .isEqualTo(ProfileRule.defaultFor("shop").withMaxActive(4));
    }

    @Test
    void aProfileWhoseBrowserIsBeingClosedIsReleasing() {
        BrowserPool pool = join(2);
        SlotLease lease = take(pool, exclusive("owner", "shop"));
        enter(pool, exclusive("next", "shop"));

        SessionLease.of(lease).releasing();

        assertThat(pool.profiles().current("shop"))
                .extracting(ProfileLock::status)
                .containsExactly(ProfileStatus.RELEASING);
        assertThat(lease.isValid()).isTrue();
        assertThat(state(pool, "owner")).isEqualTo(SlotState.RUNNING);
        lease.close();
        assertThat(owners(pool, "shop")).containsExactly("next");
        SessionLease.of(lease).releasing();
        assertThat(pool.profiles().current("shop"))
                .extracting(ProfileLock::status)
                .containsExactly(ProfileStatus.RUNNING);
    }

    @Test
    void aProfileIsFreeInTheStepThatFreesTheSlot() {
        BrowserPool pool = join(1);
        SlotLease owner = take(pool, exclusive("owner", "shop"));
        enter(pool, exclusive("same profile", "shop"));
        enter(pool, exclusive("other profile", "bank"));

        owner.close();

        assertThat(running(pool)).containsExactly("same profile");
        assertThat(pool.profiles().all()).extracting(ProfileLock::profileId).containsExactly("shop");
    }

    static List<String> owners(BrowserPool pool, String profile) {
        return pool.profiles().current(profile).stream()
                .map(lock -> lock.owner().requestId())
                .toList();
    }

    static SlotRequest refusing(SlotRequest request) {
        return requestFor(request.requestId())
                .profile(request.profile().orElseThrow().refuseOnConflict())
                .build();
    }
}
