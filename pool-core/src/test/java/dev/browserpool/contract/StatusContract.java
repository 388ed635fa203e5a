package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserSlot;
import dev.browserpool.DuplicateRequestException;
import dev.browserpool.OperationType;
import dev.browserpool.ParentNotRunningException;
import dev.browserpool.PoolStatus;
import dev.browserpool.PoolStatus.Load;
import dev.browserpool.PoolStatus.Percentiles;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.QueueFullException;
import dev.browserpool.RefusalReason;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the pool shows of itself, now and afterwards. */
public abstract class StatusContract extends PoolContract {

    @Test
    void anIdlePoolShowsItsLimitsAndAllStandardTypes() {
        BrowserPool pool = join(config(3).name("shop_pool").maxQueued(7).maxQueuedPerProfile(2));

        PoolStatus status = pool.status();

        assertThat(status.name()).isEqualTo("shop_pool");
        assertThat(status.limit()).isEqualTo(new PoolStatus.Limit(3, 7, 2));
        assertThat(status.load()).isEqualTo(Load.NONE);
        assertThat(status.available()).isEqualTo(3);
        assertThat(status.pausedBy()).isEmpty();
        assertThat(status.byType().keySet()).containsExactlyElementsOf(OperationType.standard());
        assertThat(status.byType().values()).containsOnly(Load.NONE);
        assertThat(status.counts()).isEqualTo(new PoolStatus.Counts(0, Map.of(), Map.of(), 0));
        assertThat(status.waitTimes())
                .isEqualTo(new Percentiles(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }

    @Test
    void theLoadIsShownByOperationType() {
        OperationType own = new OperationType("nightly_crawl");
        BrowserPool pool = join(2);
        BrowserPool other = join(2);
        take(
                pool,
                SlotRequest.builder("a", OperationType.AGENT)
                        .profile(ProfileClaim.exclusive("shop"))
                        .build());
        take(other, SlotRequest.of("b", own));
        enter(pool, SlotRequest.of("c", own));
        enter(
                pool,
                SlotRequest.builder("d", OperationType.AGENT)
                        .profile(ProfileClaim.exclusive("shop"))
                        .build());
        pool.operations().revoke("b", "for the test");

        PoolStatus status = pool.status();

        assertThat(status.load()).isEqualTo(new Load(1, 1, 1, 1));
        assertThat(status.byType())
                .hasSize(10)
                .containsEntry(OperationType.AGENT, new Load(1, 0, 0, 1))
                .containsEntry(own, new Load(0, 1, 1, 0))
                .containsEntry(OperationType.PRD, Load.NONE);
    }

    @Test
    void typesOfTheUsersOwnAreCappedInNumber() {
        BrowserPool pool = join(1);
        for (int i = 0; i < 300; i++) {
            take(pool, SlotRequest.of(new OperationType("t" + i))).close();
        }

        assertThat(pool.status().byType()).hasSizeLessThan(100);
        assertThat(pool.status().counts().granted()).isEqualTo(300);
    }

    @Test
    void eachRunningAndWaitingRequestIsShownWithItsTimes() {
        BrowserPool pool = join(1);
        take(pool, "running");
        time.advance(seconds(10));
        enter(
                pool,
                requestFor("waiting")
                        .description("the nightly run")
                        .label("team", "blue")
                        .build());
        time.advance(seconds(5));

        PoolStatus status = pool.status();

        BrowserSlot running = status.running().get(0);
        assertThat(running.state()).isEqualTo(SlotState.RUNNING);
        assertThat(running.times().waited()).isEqualTo(Duration.ZERO);
        assertThat(running.times().ran()).isEqualTo(seconds(15));
        assertThat(running.ending()).isEmpty();
        PoolStatus.Waiting waiting = status.line().get(0);
        assertThat(waiting.position()).isEqualTo(1);
        assertThat(waiting.slot().times().waited()).isEqualTo(seconds(5));
        assertThat(waiting.slot().times().requestedAt())
                .isEqualTo(running.times().requestedAt().plusSeconds(10));
        assertThat(waiting.slot().request().description()).contains("the nightly run");
        assertThat(waiting.slot().request().labels()).containsEntry("team", "blue");
        assertThat(waiting.slot().grant()).isEmpty();
    }

    @Test
    void endsAreCountedByTheirState() {
        BrowserPool pool = join(1);
        take(pool, "released").close();
        SlotLease completed = take(pool, "completed");
        completed.complete();
        completed.close();
        take(pool, requestFor("expired").maxDuration(seconds(10)).build());
        enter(pool, requestFor("timed out").timeout(seconds(5)).build());
        enter(pool, "cancelled");
        pool.cancel("cancelled");
        time.advance(seconds(10).plus(STOP_GRACE));

        assertThat(pool.status().counts().granted()).isEqualTo(3);
        assertThat(pool.status().counts().ended())
                .isEqualTo(Map.of(
                        SlotState.RELEASED, 1L,
                        SlotState.COMPLETED, 1L,
                        SlotState.EXPIRED, 1L,
                        SlotState.TIMED_OUT, 1L,
                        SlotState.CANCELLED, 1L));
    }

    @Test
    void refusalsAreCountedByTheirReason() {
        BrowserPool pool = join(config(1).maxQueued(1).maxQueuedPerProfile(0));
        take(pool, exclusive("holder", "shop"));
        assertThat(pool.tryAcquire(request("try"))).isEmpty();
        failure(QueueFullException.class, submit(pool, exclusive("a", "shop")));
        failure(ProfileConflictException.class, submit(pool, ProfileContract.refusing(exclusive("b", "shop"))));
        failure(
                ParentNotRunningException.class,
                submit(pool, requestFor("c").under("nobody").build()));
        enter(pool, "waiting");
        failure(QueueFullException.class, submit(pool, request("d")));
        failure(DuplicateRequestException.class, submit(pool, request("waiting")));

        assertThat(pool.status().counts().refused())
                .isEqualTo(Map.of(
                        RefusalReason.WOULD_WAIT, 1L,
                        RefusalReason.PROFILE_LINE_FULL, 1L,
                        RefusalReason.PROFILE_CONFLICT, 1L,
                        RefusalReason.PARENT_NOT_RUNNING, 1L,
                        RefusalReason.LINE_FULL, 1L,
                        RefusalReason.DUPLICATE_ID, 1L));
        assertThat(pool.status().load()).isEqualTo(new Load(1, 0, 1, 0));
    }

    @Test
    void runTimesAreShownAsPercentiles() {
        BrowserPool pool = join(1);
        for (int i = 1; i <= 100; i++) {
            SlotLease lease = take(pool, "r" + i);
            time.advance(seconds(i));
            lease.close();
        }

        assertThat(pool.status().runTimes())
                .isEqualTo(new Percentiles(100, seconds(50), seconds(90), seconds(99), seconds(100)));
    }

    @Test
    void waitTimesCountForThoseWhoWereGranted() {
        BrowserPool pool = join(1);
        SlotLease holder = take(pool, "holder");
        var waiting = enter(pool, "waiting");
        enter(pool, requestFor("never granted").timeout(seconds(5)).build());
        time.advance(seconds(8));
        holder.close();
        granted(waiting).close();

        assertThat(pool.status().waitTimes())
                .isEqualTo(new Percentiles(2, Duration.ZERO, seconds(8), seconds(8), seconds(8)));
    }

    @Test
    void theNewestEndsComeFirst() {
        BrowserPool pool = join(1);
        BrowserPool other = join(1);
        for (String id : List.of("a", "b", "c")) {
            take(pool, id).close();
            time.advance(seconds(10));
        }

        assertThat(other.recent(2)).extracting(BrowserSlot::requestId).containsExactly("c", "b");
        assertThat(other.recent(100)).extracting(BrowserSlot::requestId).containsExactly("c", "b", "a");
        assertThat(other.recent(0)).isEmpty();
        assertThatThrownBy(() -> other.recent(-1)).hasMessage("limit is -1, it must be at least 0");
    }

    @Test
    void theTimesOfAnEndStandStill() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");
        time.advance(seconds(3));
        lease.close();
        BrowserSlot before = last(pool, "a");

        time.advance(seconds(1_000));

        assertThat(last(pool, "a")).isEqualTo(before);
        assertThat(pool.recent(1)).containsExactly(before);
        assertThat(before.times().ran()).isEqualTo(seconds(3));
    }

    @Test
    void anIdThatWasUsedTwiceShowsItsLatestRequest() {
        BrowserPool pool = join(1);
        take(pool, "same").close();
        SlotLease second = take(pool, "same");
        assertThat(state(pool, "same")).isEqualTo(SlotState.RUNNING);

        second.complete();
        second.close();

        assertThat(state(pool, "same")).isEqualTo(SlotState.COMPLETED);
        assertThat(pool.slot("never used")).isEmpty();
    }

    @Test
    void theHistoryIsTrimmedByItsSizeOldestFirst() {
        BrowserPool pool = join(config(1).historySize(50));
        IntStream.range(0, 200).forEach(i -> take(pool, "r" + i).close());

        assertThat(pool.recent(1_000))
                .extracting(BrowserSlot::requestId)
                .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "r" + (199 - i)).toList());
        assertThat(pool.slot("r149")).isEmpty();
        assertThat(pool.slot("r150")).isPresent();
        assertThat(pool.status().counts().ended()).containsEntry(SlotState.RELEASED, 200L);
    }

    @Test
    void theHistoryIsTrimmedByItsAgeOldestFirst() {
        BrowserPool pool = join(config(1).historyRetention(seconds(100)));
        take(pool, "old").close();
        time.advance(seconds(60));
        take(pool, "young").close();

        time.advance(seconds(41));

        assertThat(pool.recent(10)).extracting(BrowserSlot::requestId).containsExactly("young");
        assertThat(pool.slot("old")).isEmpty();
    }

    @Test
    void theHistoryIsTrimmedBySizeAndAgeTogether() {
        BrowserPool pool = join(config(1).historySize(3).historyRetention(seconds(100)));
        IntStream.range(0, 5).forEach(i -> {
            take(pool, "r" + i).close();
            time.advance(seconds(30));
        });
        assertThat(pool.recent(10)).extracting(BrowserSlot::requestId).containsExactly("r4", "r3", "r2");

        time.advance(seconds(15));
        take(pool, "r5").close();
        assertThat(pool.recent(10)).extracting(BrowserSlot::requestId).containsExactly("r5", "r4", "r3");

        time.advance(seconds(30));
        assertThat(pool.recent(10)).extracting(BrowserSlot::requestId).containsExactly("r5", "r4");
        time.advance(seconds(71));
        take(pool, "r6").close();
        assertThat(pool.recent(10)).extracting(BrowserSlot::requestId).containsExactly("r6");
    }

    @Test
    void aHistoryOfZeroRemembersNothing() {
        BrowserPool pool = join(config(1).historySize(0));

        take(pool, "a").close();

        assertThat(pool.recent(10)).isEmpty();
        assertThat(pool.slot("a")).isEmpty();
    }

    @Test
    void anOperatorMayForgetWhatIsOld() {
        BrowserPool pool = join(1);
        take(pool, "old").close();
        take(pool, "old too").close();
        time.advance(seconds(60));
        take(pool, "young").close();

        assertThat(pool.operations().cleanupCompleted(seconds(30))).isEqualTo(2);

        assertThat(pool.recent(10)).extracting(BrowserSlot::requestId).containsExactly("young");
        assertThat(pool.operations().cleanupCompleted(seconds(30))).isZero();
    }

    @Test
    void whatNobodySeesAnyMoreIsNotForgottenOnceMore() {
        BrowserPool pool = join(config(1).historySize(3).historyRetention(seconds(100)));
        IntStream.range(0, 5).forEach(i -> take(pool, "r" + i).close());
        time.advance(seconds(60));
        take(pool, "young").close();
        assertThat(pool.operations().cleanupCompleted(seconds(30))).isEqualTo(2);

        time.advance(seconds(101));

        assertThat(pool.operations().cleanupCompleted(seconds(30))).isZero();
    }

    @Test
    void anOperatorMayStopWhatHasRunForTooLongOverAllMembers() {
        BrowserPool pool = join(4);
        BrowserPool other = join(4);
        SlotLease old = take(pool, "old");
        SlotLease stopping = take(pool, "stopping already");
        take(other, "old too");
        time.advance(seconds(60));
        SlotLease young = take(other, "young");
        pool.operations().revoke("stopping already", "for the test");

        assertThat(other.operations().cleanupStale(seconds(30))).containsExactlyInAnyOrder("old", "old too");

        assertThat(old.isValid()).isFalse();
        assertThat(stopping.isValid()).isFalse();
        assertThat(young.isValid()).isTrue();
        assertThat(state(pool, "old too")).isEqualTo(SlotState.STOPPING);
        time.advance(STOP_GRACE);
        assertThat(running(pool)).containsExactly("young");
        assertThat(state(pool, "old")).isEqualTo(SlotState.REVOKED);
    }

    @Test
    void negativeAgesAreRefused() {
        BrowserPool pool = join(1);

        assertThatThrownBy(() -> pool.operations().cleanupStale(seconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pool.operations().cleanupCompleted(seconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
