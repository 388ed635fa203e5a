package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserSlot;
import dev.browserpool.DuplicateRequestException;
import dev.browserpool.LeaseLoss;
import dev.browserpool.LeaseLostException;
import dev.browserpool.OperationType;
import dev.browserpool.ParentNotRunningException;
import dev.browserpool.PoolStatus;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Nested work runs on its parent's slot, so that it cannot deadlock. */
public abstract class ChildContract extends PoolContract {

    @Test
    void aChildTakesNoSlotAndIsVisible() {
        BrowserPool pool = join(1);
        SlotLease parent = take(pool, "parent");

        SlotLease child = parent.child("child", OperationType.BROWSER_AUTH);

        assertThat(pool.status().load()).isEqualTo(new PoolStatus.Load(1, 0, 0, 0));
        assertThat(running(pool)).containsExactly("parent", "child");
        assertThat(child.slot().type()).isEqualTo(OperationType.BROWSER_AUTH);
        assertThat(child.slot().grant().orElseThrow().parentRequestId()).contains("parent");
        assertThat(child.token()).isGreaterThan(parent.token());
        child.close();
        assertThat(running(pool)).containsExactly("parent");
        assertThat(parent.isValid()).isTrue();
    }

    @Test
    void childrenStandAfterTheirParentsInTheStatus() {
        BrowserPool pool = join(2);
        SlotLease a = take(pool, "a");
        take(pool, "b");

        SlotLease child = child(a, "a.1");
        child(child, "a.1.1");
        child(a, "a.2");

        assertThat(running(pool)).containsExactly("a", "a.1", "a.1.1", "a.2", "b");
    }

    @Test
    void aChildDoesNotWaitBehindTheLine() {
        BrowserPool pool = join(config(1).maxQueued(1));
        SlotLease parent = take(pool, "parent");
        enter(pool, "waiting");

        child(parent, "child");

        assertThat(running(pool)).containsExactly("parent", "child");
        assertThat(line(pool)).containsExactly("waiting");
    }

    @Test
    void aChildEndsWithItsParent() {
        BrowserPool pool = join(1);
        SlotLease parent = take(pool, "parent");
        SlotLease child = child(parent, "child");
        SlotLease grandchild = child(child, "grandchild");
        List<LeaseLoss> told = new CopyOnWriteArrayList<>();
        child.onLost(told::add);
        enter(pool, "next");

        parent.complete();
        parent.close();

        assertThat(running(pool)).containsExactly("next");
        assertThat(List.of(child, grandchild)).noneMatch(SlotLease::isValid);
        assertThat(child.slot().state()).isEqualTo(SlotState.RELEASED);
        assertThat(child.slot().ending().orElseThrow().reason()).isEqualTo("ended with its parent parent");
        await().untilAsserted(() ->
                assertThat(told).extracting(LeaseLoss::message).containsExactly("ended with its parent parent"));
        child.close();
        assertThat(running(pool)).containsExactly("next");
    }

    @Test
    void aChildHasAVerdictOfItsOwn() {
        BrowserPool pool = join(1);
        SlotLease parent = take(pool, "parent");
        SlotLease child = child(parent, "child");

        child.fail(new RuntimeException("the login failed"));
        child.close();
        parent.complete();
        parent.close();

        assertThat(pool.recent(2))
                .extracting(BrowserSlot::state)
                .containsExactly(SlotState.COMPLETED, SlotState.FAILED);
    }

    @Test
    void aChildNeverOutlivesItsParent() {
        BrowserPool pool = join(1);
        SlotLease parent =
                take(pool, requestFor("parent").maxDuration(seconds(60)).build());
        time.advance(seconds(40));

        SlotLease child = child(parent, "child");

        assertThat(child.slot().grant().orElseThrow().mustEndBy())
                .isEqualTo(parent.slot().grant().orElseThrow().mustEndBy());
        time.advance(seconds(20));
        assertThat(child.isValid()).isFalse();
        assertThat(child.slot().state()).isEqualTo(SlotState.STOPPING);
    }

    @Test
    void aChildMayExpireBeforeItsParent() {
        BrowserPool pool = join(1);
        SlotLease parent = take(pool, "parent");
        SlotLease child = take(
                pool,
                requestFor("child").under("parent").maxDuration(seconds(10)).build());

        time.advance(seconds(10));
        assertThat(child.slot().state()).isEqualTo(SlotState.STOPPING);
        assertThat(parent.isValid()).isTrue();
        time.advance(STOP_GRACE);

        assertThat(child.slot().state()).isEqualTo(SlotState.EXPIRED);
        assertThat(running(pool)).containsExactly("parent");
    }

    @Test
    void anotherMemberMayRunAChildUnderTheParentsId() {
        BrowserPool pool = join(1);
        BrowserPool other = join(1);
        SlotLease parent = take(pool, "parent");

        SlotLease child = take(other, under("parent", "child"));

        assertThat(running(pool)).containsExactly("parent", "child");
        assertThat(pool.status().load().running()).isEqualTo(1);
        parent.close();
        assertThat(child.isValid()).isFalse();
        assertThat(running(other)).isEmpty();
    }

    @Test
    void aChildOfAParentThatDoesNotRunIsRefused() {
        BrowserPool pool = join(1);
        SlotLease holder = take(pool, "holder");
        enter(pool, "waiting");

        assertThat(refused(pool, "unknown")).hasMessageContaining("child was to run under unknown");
        assertThat(refused(pool, "waiting").parentRequestId()).isEqualTo("waiting");
        pool.operations().revoke("holder", "for the test");
        assertThat(refused(pool, "holder")).hasMessageContaining("which is not running");
        holder.close();
        assertThat(refused(pool, "holder")).hasMessageContaining("which is not running");
    }

    private ParentNotRunningException refused(BrowserPool pool, String parent) {
        return failure(ParentNotRunningException.class, submit(pool, under(parent, "child")));
    }

    @Test
    void aLeaseThatHasEndedHasNoChildren() {
        BrowserPool pool = join(1);
        SlotLease parent = take(pool, "parent");
        parent.close();

        assertThatThrownBy(() -> child(parent, "child"))
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("its holder closed it");
    }

    @Test
    void aChildsIdIsUniqueToo() {
        BrowserPool pool = join(1);
        SlotLease parent = take(pool, "parent");
        child(parent, "child");
        enter(pool, "waiting");

        for (String taken : List.of("parent", "child", "waiting")) {
            assertThatThrownBy(() -> child(parent, taken))
                    .isInstanceOf(DuplicateRequestException.class)
                    .hasMessageContaining("request id " + taken + " is ");
        }
        failure(DuplicateRequestException.class, submit(pool, request("child")));
    }

    @Test
    void aParentThatIsTakenBackTakesItsChildrenWithIt() {
        BrowserPool pool = join(1);
        SlotLease parent = take(pool, "parent");
        SlotLease child = child(parent, "child");

        pool.operations().revoke("parent", "the account was blocked");

        assertThat(child.isValid()).isFalse();
        assertThat(child.slot().state()).isEqualTo(SlotState.STOPPING);
        parent.close();
        assertThat(state(pool, "parent")).isEqualTo(SlotState.REVOKED);
        assertThat(state(pool, "child"))
                .as("the first of verdict and reason fixes the end")
                .isEqualTo(SlotState.REVOKED);
    }

    @Test
    void aParentAndItsChildrenThatNobodyConfirmsPassOnTogether() {
        BrowserPool pool = join(1);
        SlotLease parent =
                take(pool, requestFor("parent").maxDuration(seconds(10)).build());
        child(parent, "child");
        enter(pool, "next");

        time.advance(seconds(10).plus(STOP_GRACE));

        assertThat(running(pool)).containsExactly("next");
        assertThat(state(pool, "parent")).isEqualTo(SlotState.EXPIRED);
        assertThat(state(pool, "child")).isEqualTo(SlotState.EXPIRED);
    }

    @Test
    void aChildThatIsRevokedLeavesItsParentAlone() {
        BrowserPool pool = join(1);
        SlotLease parent = take(pool, "parent");
        SlotLease child = child(parent, "child");

        assertThat(pool.operations().revoke("child", "for the test")).isTrue();

        assertThat(child.isValid()).isFalse();
        assertThat(parent.isValid()).isTrue();
        child.close();
        assertThat(running(pool)).containsExactly("parent");
    }

    @Test
    void aChildThatIsStoppingAlreadyKeepsItsReasonAndItsTimeWhenItsParentIsStopped() {
        BrowserPool pool = join(1);
        SlotLease parent = take(pool, "parent");
        child(parent, "child");
        pool.operations().revoke("child", "first");
        time.advance(seconds(10));
        pool.operations().revoke("parent", "second");

        time.advance(seconds(10));

        assertThat(running(pool)).containsExactly("parent");
        assertThat(last(pool, "child").ending().orElseThrow().reason()).startsWith("first");
    }

    @Test
    void aChildOfADeadMemberEndsAndItsParentGoesOn() {
        BrowserPool pool = join(1);
        BrowserPool dead = join(1);
        SlotLease parent = take(pool, "parent");
        take(dead, under("parent", "child"));
        cluster.cutOff(dead);

        time.advance(Cluster.MEMBER_TTL.plus(STOP_GRACE).plus(POLL));

        assertThat(running(pool)).containsExactly("parent");
        assertThat(state(pool, "child")).isEqualTo(SlotState.LOST);
        assertThat(parent.isValid()).isTrue();
    }

    @Test
    void aChildWhoseParentsMemberDiedIsTold() {
        BrowserPool pool = join(1);
        BrowserPool dead = join(1);
        take(dead, "parent");
        SlotLease child = take(pool, under("parent", "child"));
        cluster.cutOff(dead);

        time.advance(Cluster.MEMBER_TTL.plus(POLL));

        assertThat(child.isValid()).isFalse();
        time.advance(STOP_GRACE);
        assertThat(running(pool)).isEmpty();
    }

    @Test
    void theCountsOfOperationTypesDoNotCountChildren() {
        BrowserPool pool = join(1);
        SlotLease parent = take(pool, SlotRequest.of("parent", OperationType.AGENT));
        SlotLease child = parent.child("child", OperationType.SECURITY);

        assertThat(pool.status().byType().get(OperationType.SECURITY)).isEqualTo(PoolStatus.Load.NONE);
        assertThat(pool.status().counts().granted()).isEqualTo(2);
        pool.operations().revoke("parent", "for the test");
        child.close();
        parent.close();
        assertThat(pool.status().byType().values()).containsOnly(PoolStatus.Load.NONE);
    }

    private static SlotRequest under(String parent, String id) {
        return requestFor(id).under(parent).build();
    }

    private static SlotLease child(SlotLease parent, String id) {
        return parent.child(id, OperationType.TEST_RUN);
    }
}
