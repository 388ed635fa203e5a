package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserSlot;
import dev.browserpool.Holder;
import dev.browserpool.OperationType;
import dev.browserpool.ProfileClaim;
import dev.browserpool.RefusalReason;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.SlotTimeoutException;
import dev.browserpool.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two clocks: one for waiting, one for holding; and what a caller hears when the first one is over. */
public abstract class TimeoutContract extends PoolContract {

    @Test
    void aTimeoutNamesPositionHoldersAndTheOldest() {
        BrowserPool pool = join(2);
        take(pool, SlotRequest.of("elder", OperationType.AGENT));
        time.advance(seconds(5));
        take(pool, "younger");
        enter(pool, "patient");
        CompletableFuture<SlotLease> hasty =
                enter(pool, requestFor("hasty").timeout(seconds(30)).build());

        time.advance(seconds(30).minus(INSTANT));
        assertThat(state(pool, "hasty")).isEqualTo(SlotState.WAITING);
        time.advance(INSTANT);

        SlotTimeoutException e = failure(SlotTimeoutException.class, hasty);
        assertThat(e.requestId()).isEqualTo("hasty");
        assertThat(e.timeout()).isEqualTo(seconds(30));
        assertThat(e.position()).isEqualTo(2);
        assertThat(e.holders())
                .containsExactly(
                        new Holder("elder", OperationType.AGENT, seconds(35)),
                        new Holder("younger", OperationType.TEST_RUN, seconds(30)));
        assertThat(e.oldest()).contains(e.holders().get(0));
        assertThat(e.profileOwner()).isEmpty();
        assertThat(e)
                .hasMessage("request hasty got no slot within PT30S, at position 2; "
                        + "the oldest holder is elder (agent, for 35 s), the first ten are elder, younger; "
                        + "wait longer, raise maxBrowsers, or take one back with pool.operations().revoke(id, reason)");
    }

    @Test
    void aTimeoutNamesTheOwnerOfTheProfile() {
        BrowserPool pool = join(2);
        take(
                pool,
                requestFor("owner")
                        .profile(ProfileClaim.exclusive("shop"))
                        .taskId("task_7")
                        .workerId("worker_3")
                        .build());
        CompletableFuture<SlotLease> blocked = enter(
                pool,
                requestFor("blocked")
                        .profile(ProfileClaim.exclusive("shop"))
                        .timeout(seconds(3))
                        .build());

        time.advance(seconds(3));

        SlotTimeoutException e = failure(SlotTimeoutException.class, blocked);
        assertThat(e.profileOwner().orElseThrow().owner().requestId()).isEqualTo("owner");
        assertThat(e)
                .hasMessageContaining("request blocked got no slot with profile shop within PT3S")
                .hasMessageContaining("the profile is held by owner, task task_7, worker worker_3");
    }

    @Test
    void aRequestThatTimedOutIsRememberedAsThat() {
        BrowserPool pool = join(1);
        take(pool, "holder");
        CompletableFuture<SlotLease> late =
                enter(pool, requestFor("late").timeout(seconds(7)).build());

        time.advance(seconds(7));

        failure(SlotTimeoutException.class, late);
        BrowserSlot slot = last(pool, "late");
        assertThat(slot.state()).isEqualTo(SlotState.TIMED_OUT);
        assertThat(slot.times().waited()).isEqualTo(seconds(7));
        assertThat(slot.times().ran()).isEqualTo(Duration.ZERO);
        assertThat(slot.grant()).isEmpty();
        assertThat(slot.ending().orElseThrow().reason()).contains("PT7S");
        assertThat(line(pool)).isEmpty();
    }

    @Test
    void aTimeoutOfZeroMeansNow() {
        BrowserPool pool = join(1);

        SlotLease lease = take(pool, requestFor("now").timeout(Duration.ZERO).build());

        assertThat(lease.isValid()).isTrue();
    }

    @Test
    void aTimeoutOfZeroMeansNowOrNever() {
        BrowserPool pool = join(1);
        take(pool, "holder");
        enter(pool, "waiting");

        SlotTimeoutException e = failure(
                SlotTimeoutException.class,
                submit(pool, requestFor("never").timeout(Duration.ZERO).build()));

        assertThat(e.position()).isEqualTo(2);
        assertThat(e.holders()).extracting(Holder::requestId).containsExactly("holder");
        assertThat(line(pool)).containsExactly("waiting");
        assertThat(pool.slot("never")).as("it was never in line").isEmpty();
        assertThat(pool.status().counts().refused()).containsEntry(RefusalReason.WOULD_WAIT, 1L);
    }

    @Test
    void aRequestWithoutATimeoutOfItsOwnFollowsThePool() {
        BrowserPool pool = join(config(1).timeout(seconds(4)));
        take(pool, "holder");
        CompletableFuture<SlotLease> waiting = enter(pool, "waiting");

        time.advance(seconds(4).minus(INSTANT));
        assertThat(state(pool, "waiting")).isEqualTo(SlotState.WAITING);
        time.advance(INSTANT);

        assertThat(failure(SlotTimeoutException.class, waiting).timeout()).isEqualTo(seconds(4));
    }

    @Test
    void waitingDoesNotCountAsRunning() {
        BrowserPool pool = join(1);
        SlotLease holder = take(pool, "holder");
        CompletableFuture<SlotLease> waiting =
                enter(pool, requestFor("waiting").maxDuration(seconds(10)).build());
        time.advance(seconds(60));
        holder.close();
        SlotLease lease = granted(waiting);

        time.advance(seconds(10).minus(INSTANT));
        assertThat(lease.isValid()).isTrue();
        assertThat(last(pool, "waiting").times().waited()).isEqualTo(seconds(60));
        time.advance(INSTANT);
        assertThat(lease.isValid()).isFalse();
    }

    @Test
    void runningDoesNotCountAsWaiting() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, requestFor("running").timeout(seconds(5)).build());

        time.advance(seconds(60));

        assertThat(lease.isValid()).isTrue();
        assertThat(last(pool, "running").times().ran()).isEqualTo(seconds(60));
    }

    @Test
    void aBlockedCallerHearsOfItsTimeout() {
        BrowserPool pool = join(1);
        take(pool, "holder");
        Caller caller = block(pool, requestFor("blocked").timeout(seconds(5)).build());

        time.advance(seconds(5));

        assertThat(caller.thrown()).isInstanceOf(SlotTimeoutException.class).hasMessageContaining("holder");
    }

    @Test
    void aTryDoesNotWait() {
        BrowserPool pool = join(1);
        take(pool, "holder");

        assertThat(pool.tryAcquire(requestFor("try").timeout(seconds(60)).build()))
                .isEmpty();
        assertThat(line(pool)).isEmpty();
    }

    @Test
    void aTryDoesNotWaitForAStoreThatIsAway() {
        BrowserPool pool = join(1);
        cluster.cutOff(pool);

        Caller caller = Caller.start(() -> pool.tryAcquire(request("try")).orElseThrow());
        for (int waited = 0; waited < 1_000 && !caller.isDone(); waited++) {
            await().until(() -> caller.isDone() || caller.isParked());
            time.advance(seconds(1));
        }

        assertThat(caller.thrown()).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aTimeoutEndsTheWaitingForAStoreThatIsAway() {
        BrowserPool pool = join(1);
        cluster.cutOff(pool);
        CompletableFuture<SlotLease> lost =
                submit(pool, requestFor("lost").timeout(seconds(20)).build());

        time.advance(seconds(19));
        assertThat(lost).isNotDone();
        time.advance(seconds(1));

        failure(StoreUnavailableException.class, lost);
        cluster.reconnect(pool);
        time.advance(seconds(2));
        assertThat(line(pool)).isEmpty();
    }

    @Test
    void itSaysThatItStillWaitsAndForWhomAtDoublingTimes() {
        try (LogCapture log = LogCapture.from(Level.INFO)) {
            BrowserPool pool = join(1);
            take(pool, "holder");
            enter(pool, "before");
            time.advance(seconds(1));
            enter(pool, "waiting");

            time.advance(seconds(30).minus(INSTANT));
            assertThat(log.linesWith("request waiting is still waiting")).isEmpty();
            time.advance(INSTANT);
            assertThat(log.linesWith("request waiting is still waiting"))
                    .singleElement()
                    .asString()
                    .contains("after 30 s", "at position 2", "slots are held by", "holder (test_run, for 31 s)");

            time.advance(seconds(30));
            assertThat(log.linesWith("request waiting is still waiting after 60 s"))
                    .hasSize(1);
            time.advance(seconds(59));
            assertThat(log.linesWith("request waiting is still waiting")).hasSize(2);
            time.advance(seconds(1));
            assertThat(log.linesWith("request waiting is still waiting after 120 s"))
                    .hasSize(1);
        }
    }
}
