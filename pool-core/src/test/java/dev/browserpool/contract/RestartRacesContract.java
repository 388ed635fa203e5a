package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.browserpool.BrowserPool;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.contract.Wire.Call;
import dev.browserpool.spi.Admission;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Claims;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.Release;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on its way while a store is restarted and its members come back. */
public abstract class RestartRacesContract extends PoolContract {
    private static final Duration WINDOW = Duration.ofSeconds(2);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBrowserThatIsBeingClosedKeepsItsSlotAndProfileForTheStopGrace(boolean withData) {
        BrowserPool pool = join(1);
        BrowserPool other = join(1);
        SlotLease held = take(pool, exclusive("held", "shop"));
        assertThat(other.operations().revoke("held", "for the test")).isTrue();
        cluster.restart(withData);
        time.settle();

        CompletableFuture<SlotLease> next = enter(other, exclusive("next", "shop"));
        time.advance(STOP_GRACE.minus(INSTANT));
        assertThat(next).isNotDone();
        assertThat(held.isValid()).isFalse();
        time.advance(POLL);

        assertThat(granted(next).isValid()).isTrue();
    }

    @Test
    void whoWasPutInLineByALateAnswerStaysInLine() throws Exception {
        BrowserPool pool = join(1);
        take(pool, "held");

        CompletableFuture<SlotLease> queued = answeredDuringAComeback(pool, request("queued"));
        time.advance(seconds(20));

        assertThat(queued).isNotDone();
        assertThat(line(pool)).containsExactly("queued");
    }

    @Test
    void whoWasGrantedByALateAnswerKeepsItsSlotAndProfile() throws Exception {
        BrowserPool pool = join(2);
        BrowserPool other = join(2);

        SlotLease lease = granted(answeredDuringAComeback(pool, exclusive("mine", "shop")));
        CompletableFuture<SlotLease> next = submit(other, exclusive("next", "shop"));
        time.advance(WINDOW.plus(POLL));

        assertThat(lease.isValid()).isTrue();
        assertThat(next).isNotDone();
    }

    /** The answer of the life before is dealt with after its member has listed what it has. */
    private CompletableFuture<SlotLease> answeredDuringAComeback(BrowserPool pool, SlotRequest request)
            throws InterruptedException {
        CountDownLatch decided = new CountDownLatch(1);
        CountDownLatch listed = new CountDownLatch(1);
        cluster.wire(pool).onceAfter(Call.SUBMIT, () -> {
            decided.countDown();
            await(listed);
        });
        List<CompletableFuture<SlotLease>> futures = new ArrayList<>();
        Thread caller = new Thread(() -> futures.add(submit(pool, request)), "caller");
        caller.setDaemon(true);
        caller.start();
        decided.await();
        cluster.wire(pool).onceBefore(Call.REJOIN, () -> {
            listed.countDown();
            join(caller);
        });
        cluster.restart(false);
        time.settle();
        return futures.get(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRestartBetweenWhatWasSaidAndWhatCameLateBeginsAllAnew() throws Exception {
        BrowserPool pool = join(2);
        SlotLease held = take(pool, "held");
        cluster.wire(pool).onceAfter(Call.REJOIN, () -> cluster.restart(false));

        CompletableFuture<SlotLease> late = answeredDuringAComeback(pool, request("late"));
        time.advance(seconds(20));

        assertThat(held.isValid()).isTrue();
        assertThat(granted(late).isValid()).isTrue();
        assertThat(running(pool)).containsExactly("held", "late");
    }

    @Test
    void whoCameAfterAnAnswerThatWasLostStaysWhenTheStoreIsRestartedAgain() {
        BrowserPool pool = join(1);
        SlotLease held = take(pool, "held");
        List<CompletableFuture<SlotLease>> between = new ArrayList<>();
        cluster.wire(pool).onceAfter(Call.REJOIN, () -> {
            between.add(submit(pool, request("between")));
            cluster.restart(false);
        });
        cluster.wire(pool).loseNextAnswerTo(Call.REJOIN);

        cluster.restart(false);
        time.advance(seconds(20));

        assertThat(held.isValid()).isTrue();
        assertThat(between.get(0)).isNotDone();
        assertThat(line(pool)).containsExactly("between");
    }

    @Test
    void whoGaveUpWhileItsMemberCameBackIsForgotten() {
        BrowserPool pool = join(1);
        Wire wire = cluster.wire(pool);
        List<CompletableFuture<SlotLease>> sent = new ArrayList<>();
        cluster.cutOff(pool);
        cluster.restart(false);
        wire.onceBefore(Call.REJOIN, () -> sent.get(0).cancel(false));
        sent.add(submit(pool, request("sent")));
        cluster.reconnect(pool);
        time.advance(WINDOW.plus(seconds(20)));
        AtomicInteger looks = new AtomicInteger();
        wire.onceBefore(Call.READ, looks::incrementAndGet);

        time.advance(seconds(60));

        assertThat(looks).as("nothing has to be compared any more").hasValue(0);
        take(pool, "sent").close();
    }

    @Test
    void whoWasStoppedForTooLongRevivesNothing() {
        BrowserPool away = join(1);
        SlotLease held = take(away, exclusive("held", "shop"));
        Backend other = cluster.backend(config(1).build());
        other.ledger().join(other.identity());
        cluster.cutOff(away);
        for (int i = 0; i < 20; i++) {
            time.stall(seconds(10));
            other.ledger().beat(0, 0);
        }
        Ticket ticket = new Ticket(other.identity().member(), 1);
        Admission next = other.ledger()
                .submit(new Ask(ticket, exclusive("next", "shop"), true, Duration.ofHours(1)))
                .result();
        long token = ((Admission.Granted) next).grant().token();
        assertThat(other.ledger().release(ticket, token, Outcome.RELEASED).result())
                .isInstanceOf(Release.Ended.class);
        assertThat(held.isValid()).isFalse();
        cluster.restart(false);
        cluster.wire(away).calm();

        submit(away, request("trigger")); // before the housekeeper had its turn

        assertThat(held.isValid()).isFalse();
        assertThat(running(away)).isEmpty();
    }

    @Test
    void nobodyChecksOutAProfileWhoseOwnerMayComeBack() {
        BrowserPool away = join(2);
        BrowserPool pool = join(2);
        SlotLease held = take(away, exclusive("held", "shop"));
        cluster.cutOff(away);
        cluster.restart(false);
        time.settle();

        assertThatThrownBy(() -> pool.profiles().checkOut("shop", "ann", "a look", Duration.ofHours(1)))
                .isInstanceOf(StoreUnavailableException.class);
        cluster.reconnect(away);
        time.settle();

        assertThat(held.isValid()).isTrue();
        assertThat(pool.profiles().view("shop").blocks()).isEmpty();
    }

    @Test
    void anExtensionThatIsOnItsWayIsNotLost() {
        BrowserPool pool = join(1);
        SlotLease held = take(pool, requestFor("held").maxDuration(seconds(60)).build());
        cluster.wire(pool).onceBefore(Call.CHANGE, () -> {
            cluster.restart(false);
            time.settle();
        });

        held.extendBy(seconds(30));
        time.advance(seconds(75));

        assertThat(held.isValid()).isTrue();
        assertThat(running(pool)).containsExactly("held");
    }

    @Test
    void aLeaseFromBeforeALaterParkIsNoLease() {
        Backend backend = cluster.backend(config(1).build());
        backend.ledger().join(backend.identity());
        Ticket ticket = new Ticket(backend.identity().member(), 1);
        SlotRequest request = exclusive("a", "shop");
        Admission admission = backend.ledger()
                .submit(new Ask(ticket, request, true, Duration.ofHours(1)))
                .result();
        var grant = ((Admission.Granted) admission).grant();
        Claims.Claimant claimant =
                new Claims.Claimant(ticket, request, Duration.ofHours(1), grant.arrival(), seconds(1));
        cluster.restart(true);

        backend.ledger()
                .rejoin(
                        backend.identity(),
                        new Claims(List.of(), List.of(new Claims.Place(claimant, grant.token() + 5)), true, 0));

        assertThat(backend.ledger().read(new Query.Mine()).waiters()).containsExactly(ticket);
    }
}
