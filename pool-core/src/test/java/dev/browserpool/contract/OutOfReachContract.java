package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotState;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.contract.Wire.Call;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is never sent, for want of a thread, and what is never answered: nobody waits for ever, and nothing stays behind. */
public abstract class OutOfReachContract extends PoolContract {
    /** A member that the store has given up, and that does not know yet. */
    private BrowserPool givenUp() {
        BrowserPool pool = join(1);
        cluster.cutOff(pool);
        time.advance(Cluster.MEMBER_TTL.multipliedBy(2));
        return pool;
    }

    /** As when a store answers now and then, and never for long enough to take its member back. */
    @Test
    void aRequestToWhichNoAnswerComesEndsSoonAfterItsTime() {
        BrowserPool other = join(1);
        BrowserPool pool = givenUp();
        cluster.wire(pool).fail(Call.JOIN);
        cluster.reconnect(pool);

        CompletableFuture<SlotLease> patient =
                submit(pool, requestFor("patient").timeout(seconds(3)).build());
        CompletableFuture<SlotLease> impatient =
                submit(pool, requestFor("impatient").timeout(Duration.ZERO).build());
        time.advance(seconds(3).minus(INSTANT));
        assertThat(patient).isNotDone();
        time.advance(INSTANT.plus(POLL));
        failure(StoreUnavailableException.class, patient);
        time.advance(seconds(2));
        failure(StoreUnavailableException.class, impatient);

        cluster.wire(pool).calm();
        time.advance(Cluster.MEMBER_TTL);
        take(pool, "next").close();
        assertThat(running(other)).isEmpty();
        assertThat(line(other)).isEmpty();
    }

    private void noThreadForTheNextCallOf(BrowserPool pool) {
        cluster.wire(pool).onceBefore(Call.THREAD, () -> {
            throw new OutOfMemoryError("unable to create native thread, for the test");
        });
    }

    @Test
    void aSignOfLifeForWhichThereWasNoThreadIsMadeUpFor() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");
        noThreadForTheNextCallOf(pool);

        time.advance(Cluster.MEMBER_TTL);
        time.advance(Cluster.MEMBER_TTL);

        assertThat(lease.isValid()).isTrue();
        lease.close();
    }

    @Test
    void aReleaseForWhichThereWasNoThreadIsMadeUpFor() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "a");
        noThreadForTheNextCallOf(pool);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(lease::close);
        await().until(() -> {
            time.advance(INSTANT.multipliedBy(20));
            return closing.isDone();
        });

        assertThat(closing).isCompletedWithValue(null);
        assertThat(running(pool)).isEmpty();
    }

    @Test
    void aRequestForWhichThereWasNoThreadIsMadeUpFor() {
        BrowserPool pool = join(1);
        noThreadForTheNextCallOf(pool);
        CompletableFuture<SlotLease> future = submit(pool, request("a"));

        time.advance(seconds(1));

        granted(future).close();
        assertThat(running(pool)).isEmpty();
    }

    @Test
    void aMemberThatCanNotGetAnotherIdentityAtFirstTriesAgain() {
        BrowserPool other = join(1);
        BrowserPool pool = givenUp();
        cluster.wire(pool).onceBefore(Call.RENEWAL, () -> {
            throw new OutOfMemoryError("unable to create native thread, for the test");
        });
        cluster.reconnect(pool);

        time.advance(Cluster.MEMBER_TTL);

        take(pool, "next").close();
        assertThat(other.status().members()).hasSize(2);
    }

    @Test
    void aLossThatTheStoreCouldNotBeToldOfIsToldAgain() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, "held");
        cluster.cutOff(pool);
        time.advance(Cluster.MEMBER_TTL);
        assertThat(lease.isValid()).isFalse();
        cluster.wire(pool).fail(Call.STOP);
        cluster.reconnect(pool);
        time.advance(Cluster.MEMBER_TTL.plus(STOP_GRACE).multipliedBy(2));
        assertThat(state(pool, "held")).as("nobody could tell").isEqualTo(SlotState.RUNNING);

        cluster.wire(pool).calm();
        time.advance(Cluster.MEMBER_TTL.dividedBy(3).plus(POLL));

        assertThat(state(pool, "held")).isIn(SlotState.STOPPING, SlotState.LOST);
        time.advance(STOP_GRACE.plus(POLL));
        take(pool, "next").close();
        lease.close();
    }
}
