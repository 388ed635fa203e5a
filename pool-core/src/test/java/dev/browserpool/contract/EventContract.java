package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserSlot;
import dev.browserpool.PoolEvent;
import dev.browserpool.PoolEvent.ProfileConflict.Decision;
import dev.browserpool.PoolListener;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.ProfileLock;
import dev.browserpool.QueueFullException;
import dev.browserpool.RefusalReason;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What listeners hear: everything of this member's own, once, and in order for each request. */
public abstract class EventContract extends PoolContract {

    @Test
    void theEventsOfARequestComeInTheirOrder() {
        BrowserPool pool = join(1);
        BrowserPool other = join(1);
        Heard heard = listen(pool);
        SlotLease holder = take(other, "holder");
        CompletableFuture<SlotLease> waiting = enter(pool, "a");
        time.advance(seconds(3));
        holder.close();
        SlotLease lease = granted(waiting);
        other.operations().revoke("a", "for the test");
        lease.close();

        assertThat(heard.until(PoolEvent.Ended.class))
                .extracting(e -> e.getClass().getSimpleName())
                .containsExactly("Queued", "Granted", "Stopping", "Ended");
        assertThat(heard.one(PoolEvent.Queued.class)).isEqualTo(new PoolEvent.Queued(request(lease), 1));
        assertThat(heard.one(PoolEvent.Granted.class))
                .isEqualTo(new PoolEvent.Granted(request(lease), lease.token(), seconds(3)));
        assertThat(heard.one(PoolEvent.Stopping.class).loss().message()).isEqualTo("for the test");
        assertThat(heard.one(PoolEvent.Ended.class).slot()).isEqualTo(last(pool, "a"));
    }

    private static SlotRequest request(SlotLease lease) {
        return lease.slot().request();
    }

    @Test
    void aRequestThatRunsAtOnceWasNeverQueued() {
        BrowserPool pool = join(1);
        Heard heard = listen(pool);

        take(pool, "a").close();

        assertThat(heard.until(PoolEvent.Ended.class))
                .extracting(e -> e.getClass().getSimpleName())
                .containsExactly("Granted", "Ended");
    }

    @Test
    void leavingTheLineIsAnEnd() {
        BrowserPool pool = join(1);
        take(pool, "holder");
        Heard heard = listen(pool);
        enter(pool, requestFor("timed out").timeout(seconds(5)).build());
        enter(pool, "cancelled");

        pool.cancel("cancelled");
        heard.until(PoolEvent.Ended.class);
        time.advance(seconds(5));

        await().untilAsserted(() -> assertThat(heard.all(PoolEvent.Ended.class))
                .extracting(PoolEvent.Ended::slot)
                .extracting(BrowserSlot::state)
                .containsExactly(SlotState.CANCELLED, SlotState.TIMED_OUT));
    }

    @Test
    void aLeaseThatPassedWithoutConfirmationHasEnded() {
        BrowserPool pool = join(1);
        Heard heard = listen(pool);
        SlotLease lease = take(pool, requestFor("a").maxDuration(seconds(10)).build());

        time.advance(seconds(10).plus(STOP_GRACE));
        lease.close();
        take(pool, "witness").close();

        await().until(() -> heard.all(PoolEvent.Ended.class).size() == 2);
        assertThat(heard.events())
                .extracting(e -> e.getClass().getSimpleName())
                .containsExactly("Granted", "Stopping", "Ended", "Granted", "Ended");
    }

    @Test
    void aRefusalIsAnEvent() {
        BrowserPool pool = join(config(1).maxQueued(0));
        take(pool, "holder");
        Heard heard = listen(pool);

        QueueFullException e = failure(QueueFullException.class, submit(pool, request("a")));

        PoolEvent.Refused refused = heard.one(PoolEvent.Refused.class);
        assertThat(refused.reason()).isEqualTo(RefusalReason.LINE_FULL);
        assertThat(refused.message()).isEqualTo(e.getMessage());
        assertThat(refused.request().requestId()).isEqualTo("a");
    }

    @Test
    void whoeverWaitsForAProfileIsOneConflict() {
        BrowserPool pool = join(3);
        SlotLease owner = take(pool, exclusive("owner", "shop"));
        Heard heard = listen(pool);
        CompletableFuture<SlotLease> blocked = enter(pool, exclusive("blocked", "shop"));

        owner.close();
        granted(blocked).close();

        assertThat(heard.untilEndOf("blocked"))
                .filteredOn(PoolEvent.ProfileConflict.class::isInstance)
                .hasSize(1);
        PoolEvent.ProfileConflict conflict = heard.one(PoolEvent.ProfileConflict.class);
        assertThat(conflict.blocked().requestId()).isEqualTo("blocked");
        assertThat(conflict.current().map(ProfileLock::owner).orElseThrow().requestId())
                .isEqualTo("owner");
        assertThat(conflict.decision()).isEqualTo(Decision.WAIT);
    }

    @Test
    void whoeverIsRefusedForAProfileIsOneConflict() {
        BrowserPool pool = join(3);
        take(pool, exclusive("owner", "shop"));
        Heard heard = listen(pool);

        failure(ProfileConflictException.class, submit(pool, ProfileContract.refusing(exclusive("refused", "shop"))));

        assertThat(heard.until(PoolEvent.Refused.class))
                .extracting(e -> e.getClass().getSimpleName())
                .containsExactly("ProfileConflict", "Refused");
        assertThat(heard.one(PoolEvent.ProfileConflict.class).decision()).isEqualTo(Decision.REFUSE);
    }

    @Test
    void aConflictOfWhichTheAnswerWasLostIsStillOneConflict() {
        BrowserPool pool = join(3);
        take(pool, exclusive("owner", "shop"));
        Heard heard = listen(pool);
        cluster.wire(pool).loseNextAnswerTo(Wire.Call.SUBMIT);
        submit(pool, exclusive("blocked", "shop"));

        time.advance(seconds(1));

        assertThat(line(pool)).containsExactly("blocked");
        heard.until(PoolEvent.ProfileConflict.class);
        time.advance(seconds(60));
        assertThat(heard.all(PoolEvent.ProfileConflict.class)).hasSize(1);
    }

    @Test
    void whoeverWaitsForASlotIsNoConflict() {
        BrowserPool pool = join(1);
        SlotLease holder = take(pool, "holder");
        Heard heard = listen(pool);
        CompletableFuture<SlotLease> waiting = enter(pool, exclusive("waiting", "shop"));

        holder.close();
        granted(waiting).close();

        heard.untilEndOf("waiting");
        assertThat(heard.all(PoolEvent.ProfileConflict.class)).isEmpty();
    }

    @Test
    void whatOperatorsDoIsAnEvent() {
        BrowserPool pool = join(2);
        Heard heard = listen(pool);

        pool.operations().resize(3);
        pool.operations().pause("for the test");
        pool.operations().resume();
        pool.operations().resume();
        take(pool, "witness").close();

        heard.until(PoolEvent.Ended.class);
        assertThat(heard.events())
                .startsWith(new PoolEvent.Resized(2, 3), new PoolEvent.Paused("for the test"), new PoolEvent.Resumed())
                .hasSize(5);
    }

    @Test
    void aListenerThatThrowsKeepsNobodyFromHearing() {
        BrowserPool pool = join(1);
        try (LogCapture log = LogCapture.from(Level.WARN)) {
            pool.addListener(event -> {
                throw new IllegalStateException("a bad listener");
            });
            Heard heard = listen(pool);

            take(pool, "a").close();

            assertThat(heard.until(PoolEvent.Ended.class)).hasSize(2);
            await().untilAsserted(() ->
                    assertThat(log.linesWith("a listener failed")).isNotEmpty()); // it has a thread of its own
        }
    }

    @Test
    void aSlowListenerDelaysNobodyAndHearsWhatFitsIntoTheBuffer() {
        BrowserPool pool = join(1);
        CountDownLatch wakeUp = new CountDownLatch(1);
        List<PoolEvent> heard = new CopyOnWriteArrayList<>();
        try (LogCapture log = LogCapture.from(Level.WARN)) {
            PoolListener.Registration slow = pool.addListener(event -> {
                try {
                    wakeUp.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                heard.add(event);
            });
            for (int i = 0; i < 5_100; i++) {
                pool.tryAcquire(request("r" + i)).orElseThrow().close();
            }
            assertThat(heard).isEmpty();
            assertThat(log.linesWith("a listener is too slow")).isNotEmpty();
            assertThat(slow.dropped()).isBetween(199L, 200L);
            assertThat(pool.health().eventsDropped()).isEqualTo(slow.dropped());
            wakeUp.countDown();
        }

        await().until(() -> heard.size() >= 10_000);
        assertThat(heard).hasSizeLessThanOrEqualTo(10_001);
        assertThat(((PoolEvent.Granted) heard.get(0)).request().requestId()).isEqualTo("r0");
    }

    @Test
    void aListenerThatHangsKeepsNobodyElseFromHearing() {
        BrowserPool pool = join(1);
        CountDownLatch never = new CountDownLatch(1);
        pool.addListener(event -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Heard heard = listen(pool);

        take(pool, "a").close();

        assertThat(heard.untilEndOf("a")).hasSize(2);
        never.countDown();
    }

    @Test
    void whoeverEndsHisHearingHearsNoMore() {
        BrowserPool pool = join(1);
        List<PoolEvent> left = new CopyOnWriteArrayList<>();
        PoolListener.Registration registration = pool.addListener(left::add);
        Heard heard = listen(pool);
        take(pool, "a").close();
        await().until(() -> left.size() == 2);

        registration.close();
        registration.close();
        take(pool, "b").close();

        heard.untilEndOf("b");
        assertThat(left).hasSize(2);
        assertThat(registration.dropped()).isZero();
    }

    @Test
    void aListenerMayUseThePool() {
        BrowserPool pool = join(2);
        List<String> seen = new CopyOnWriteArrayList<>();
        pool.addListener(event -> {
            if (event instanceof PoolEvent.Granted granted
                    && granted.request().requestId().equals("a")) {
                pool.tryAcquire(request("by the listener")).orElseThrow().close();
                seen.add(pool.status().running().get(0).requestId());
            }
        });

        take(pool, "a");

        await().untilAsserted(() -> assertThat(seen).containsExactly("a"));
    }

    private static Heard listen(BrowserPool pool) {
        return Heard.of(pool);
    }
}
