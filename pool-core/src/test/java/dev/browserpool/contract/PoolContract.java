package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserSlot;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.PoolStatus;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The words in which the contract is written: members join, requests enter, leases are taken and given back. */
public abstract class PoolContract {
    /** For what happens on a real thread; never reached unless something is broken. */
    static final Duration REAL_TIME = Duration.ofSeconds(10);

    static final Duration STOP_GRACE = Duration.ofSeconds(20);
    static final Duration POLL = Duration.ofSeconds(1);
    static final Duration INSTANT = Duration.ofMillis(1);

    private final List<CompletableFuture<SlotLease>> entered = new CopyOnWriteArrayList<>();
    private final LogCapture quiet = LogCapture.from(Level.WARN);

    Cluster cluster;
    ManualTime time;

    /** A cluster of the backend that is tested. */
    protected abstract Cluster newCluster();

    @BeforeAll
    static void lookOften() {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
    }

    @BeforeEach
    final void openCluster() {
        cluster = newCluster();
        time = cluster.time();
    }

    @AfterEach
    final void closeCluster() {
        cluster.calm();
        entered.forEach(future -> future.cancel(false));
        entered.stream()
                .filter(future -> !future.isCompletedExceptionally())
                .forEach(future -> future.join().close());
        cluster.close();
        quiet.close();
    }

    /** Settings with the defaults, but for the waiting at the end of a test. */
    static PoolConfig.Builder config(int slots) {
        return PoolConfig.builder().maxBrowsers(slots).closeGrace(Duration.ZERO);
    }

    BrowserPool join(int slots) {
        return join(config(slots));
    }

    BrowserPool join(PoolConfig.Builder config) {
        return cluster.join(config.build());
    }

    static SlotRequest request(String id) {
        return SlotRequest.of(id, OperationType.TEST_RUN);
    }

    static SlotRequest.Builder requestFor(String id) {
        return SlotRequest.builder(id, OperationType.TEST_RUN);
    }

    static SlotRequest exclusive(String id, String profile) {
        return requestFor(id).profile(ProfileClaim.exclusive(profile)).build();
    }

    static SlotRequest shared(String id, String profile) {
        return requestFor(id).profile(ProfileClaim.shared(profile)).build();
    }

    /** Asks, and leaves open what becomes of it. */
    CompletableFuture<SlotLease> submit(BrowserPool pool, SlotRequest request) {
        CompletableFuture<SlotLease> future = pool.acquireAsync(request);
        entered.add(future);
        return future;
    }

    /** Asks for what is there at once. */
    SlotLease take(BrowserPool pool, String id) {
        return take(pool, request(id));
    }

    SlotLease take(BrowserPool pool, SlotRequest request) {
        return granted(submit(pool, request));
    }

    /** Asks for what is not there yet. */
    CompletableFuture<SlotLease> enter(BrowserPool pool, String id) {
        return enter(pool, request(id));
    }

    CompletableFuture<SlotLease> enter(BrowserPool pool, SlotRequest request) {
        CompletableFuture<SlotLease> future = submit(pool, request);
        assertThat(state(pool, request.requestId()))
                .as(() -> request + " should wait")
                .isEqualTo(SlotState.WAITING);
        return future;
    }

    /** A thread that has asked for what is not there yet, and is blocked. */
    static Caller block(BrowserPool pool, SlotRequest request) {
        Caller caller = Caller.start(() -> pool.acquire(request));
        await().until(() -> pool.slot(request.requestId())
                .map(slot -> slot.state() == SlotState.WAITING)
                .orElse(false));
        await().until(caller::isParked);
        return caller;
    }

    /** The lease of a request that has been granted. Futures complete on a thread of the pool: that may take a moment. */
    static SlotLease granted(CompletableFuture<SlotLease> future) {
        try {
            return future.get(REAL_TIME.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no lease: " + e, e);
        }
    }

    /** Why a request got no lease. */
    static <X extends Throwable> X failure(Class<X> type, CompletableFuture<SlotLease> future) {
        Throwable thrown = catchThrowable(() -> future.get(REAL_TIME.toSeconds(), TimeUnit.SECONDS));
        return type.cast(assertThat(thrown)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(type)
                .actual());
    }

    static SlotState state(BrowserPool pool, String id) {
        return last(pool, id).state();
    }

    static BrowserSlot last(BrowserPool pool, String id) {
        Optional<BrowserSlot> slot = pool.slot(id);
        assertThat(slot).as(() -> "the slot of request " + id).isPresent();
        return slot.orElseThrow();
    }

    static List<String> running(BrowserPool pool) {
        return pool.status().running().stream().map(BrowserSlot::requestId).toList();
    }

    static List<String> line(BrowserPool pool) {
        return pool.status().line().stream()
                .map(PoolStatus.Waiting::slot)
                .map(BrowserSlot::requestId)
                .toList();
    }

    static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }
}
