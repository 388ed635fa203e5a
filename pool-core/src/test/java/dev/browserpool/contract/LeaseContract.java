package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserSlot;
import dev.browserpool.LeaseLostException;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** A lease in its holder's hands, given back by its holder. */
public abstract class LeaseContract extends PoolContract {

    @Test
    void closingTwiceIsTheSameAsClosingOnce() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");
        lease.close();
        SlotLease next = take(pool, "b");

        lease.close();

        assertThat(next.isValid()).isTrue();
        assertThat(running(pool)).containsExactly("b");
        assertThat(pool.recent(10)).hasSize(1);
    }

    @Test
    void aLeaseKnowsWhatWasGranted() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, requestFor("a").maxDuration(seconds(90)).build());

        BrowserSlot slot = lease.slot();

        BrowserSlot.Grant grant = slot.grant().orElseThrow();
        assertThat(slot.state()).isEqualTo(SlotState.RUNNING);
        assertThat(slot.requestId()).isEqualTo(lease.requestId()).isEqualTo("a");
        assertThat(grant.token()).isEqualTo(lease.token());
        assertThat(grant.mustEndBy()).isEqualTo(grant.grantedAt().plusSeconds(90));
        assertThat(pool.status().members()).containsExactly(grant.memberId());
        assertThat(lease.profile()).isEmpty();
        assertThat(lease.recoveredFrom()).isEmpty();
    }

    @Test
    void closingWithoutAVerdictReleases() {
        BrowserPool pool = join(1);

        take(pool, "a").close();

        assertThat(state(pool, "a")).isEqualTo(SlotState.RELEASED);
    }

    @Test
    void closingAfterCompleteCompletes() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");

        lease.complete();
        assertThat(state(pool, "a")).as("a verdict gives nothing back").isEqualTo(SlotState.RUNNING);
        lease.close();

        assertThat(state(pool, "a")).isEqualTo(SlotState.COMPLETED);
    }

    @Test
    void closingAfterFailFailsAndNamesTheCause() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");

        lease.fail(new IllegalStateException("the page was blank"));
        lease.close();

        assertThat(state(pool, "a")).isEqualTo(SlotState.FAILED);
        assertThat(last(pool, "a").ending().orElseThrow().reason())
                .isEqualTo("java.lang.IllegalStateException: the page was blank");
    }

    @Test
    void aFailureCountsBeforeAndAfterAComplete() {
        BrowserPool pool = join(2);
        SlotLease first = take(pool, "completed, then failed");
        SlotLease second = take(pool, "failed, then completed");

        first.complete();
        first.fail(new RuntimeException("no"));
        second.fail(new RuntimeException("no"));
        second.complete();
        first.close();
        second.close();

        assertThat(pool.recent(10)).extracting(BrowserSlot::state).containsOnly(SlotState.FAILED);
    }

    @Test
    void aVerdictAfterTheEndChangesNothing() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");
        lease.close();

        lease.fail(new RuntimeException("too late"));
        lease.close();

        assertThat(lease.slot().state()).isEqualTo(SlotState.RELEASED);
    }

    @Test
    void aLoanThatReturnsIsCompleted() throws InterruptedException {
        BrowserPool pool = join(1);

        List<String> seen = pool.call(request("a"), lease -> running(pool));

        assertThat(seen).containsExactly("a");
        assertThat(state(pool, "a")).isEqualTo(SlotState.COMPLETED);
        assertThat(running(pool)).isEmpty();
    }

    @Test
    void aLoanThatThrowsIsFailedGivenBackAndThrowsTheSame() {
        BrowserPool pool = join(1);
        Exception thrown = new Exception("the work failed");

        assertThatThrownBy(() -> pool.call(request("a"), lease -> {
                    throw thrown;
                }))
                .isSameAs(thrown);

        assertThat(state(pool, "a")).isEqualTo(SlotState.FAILED);
        assertThat(running(pool)).isEmpty();
    }

    @Test
    void aLoanWhoseFunctionDiesOfAnErrorIsGivenBackToo() {
        BrowserPool pool = join(1);

        assertThatThrownBy(() -> pool.call(request("a"), lease -> {
                    throw new StackOverflowError("for the test");
                }))
                .isInstanceOf(StackOverflowError.class);

        assertThat(state(pool, "a")).isEqualTo(SlotState.FAILED);
        assertThat(running(pool)).isEmpty();
    }

    @Test
    void aLoanWhoseFunctionClosesTheLeaseIsStillGivenBackOnce() throws InterruptedException {
        BrowserPool pool = join(1);

        String result = pool.call(request("a"), lease -> {
            lease.close();
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(pool.recent(10)).hasSize(1);
    }

    @Test
    void tokensGrowWithEveryGrantOverAllMembers() {
        List<BrowserPool> members = List.of(join(3), join(3));
        List<Long> tokens = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            SlotLease lease = take(members.get(i % 2), "r" + i);
            tokens.add(lease.token());
            lease.close();
            time.advance(INSTANT.multipliedBy(ThreadLocalRandom.current().nextInt(2)));
        }

        assertThat(tokens).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void tokensOfWaitersGrowInTheOrderOfTheirGrants() {
        BrowserPool pool = join(1);
        SlotLease first = take(pool, "first");
        CompletableFuture<SlotLease> second = enter(pool, "second");

        first.close();

        assertThat(granted(second).token()).isGreaterThan(first.token());
    }

    @Test
    void aLateReleaseByAFormerHolderChangesNothingForThePresentOne() {
        BrowserPool pool = join(1);
        SlotLease former =
                take(pool, requestFor("former").maxDuration(seconds(10)).build());
        time.advance(seconds(10).plus(STOP_GRACE));
        SlotLease present = take(pool, "present");

        former.complete();
        former.close();

        assertThat(present.isValid()).isTrue();
        assertThat(running(pool)).containsExactly("present");
        assertThat(state(pool, "former")).isEqualTo(SlotState.EXPIRED);
    }

    @Test
    void anotherRequestWithTheSameIdIsNotTouchedByALateRelease() {
        BrowserPool pool = join(1);
        SlotLease former =
                take(pool, requestFor("same").maxDuration(seconds(10)).build());
        time.advance(seconds(10).plus(STOP_GRACE));
        SlotLease present = take(pool, "same");

        former.close();

        assertThat(present.isValid()).isTrue();
        assertThat(running(pool)).containsExactly("same");
        assertThat(former.slot().state()).isEqualTo(SlotState.EXPIRED);
        assertThat(present.slot().state()).isEqualTo(SlotState.RUNNING);
    }

    @Test
    void aValidLeaseIsValid() {
        SlotLease lease = take(join(1), "a");

        time.advance(seconds(600));

        assertThat(lease.isValid()).isTrue();
        assertThatCode(lease::requireValid).doesNotThrowAnyException();
    }

    @Test
    void aClosedLeaseSaysThatItsHolderClosedIt() {
        SlotLease lease = take(join(1), "a");
        lease.close();

        assertThat(lease.isValid()).isFalse();
        assertThatThrownBy(lease::requireValid)
                .isInstanceOfSatisfying(
                        LeaseLostException.class, e -> assertThat(e.loss()).isEmpty())
                .hasMessage("the lease of request a has ended: its holder closed it"
                        + "; acquire a new one, with a longer maxDuration if the work needs it");
    }

    @Test
    void aLeaseMayBeClosedByAnyThread() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");

        CompletableFuture.runAsync(lease::close).join();

        assertThat(running(pool)).isEmpty();
    }

    @Test
    void closingKeepsTheInterruptFlagAndGivesBackAnyway() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");

        Thread.currentThread().interrupt();
        lease.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(running(pool)).isEmpty();
    }

    @Test
    void closingWhileTheStoreIsAwayDoesNotThrowAndTakesEffectLater() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");
        cluster.cutOff(pool);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(lease::close);
        time.advance(seconds(3));
        cluster.reconnect(pool);
        time.advance(seconds(1));

        closing.join();
        assertThat(state(pool, "a")).isEqualTo(SlotState.RELEASED);
    }
}
