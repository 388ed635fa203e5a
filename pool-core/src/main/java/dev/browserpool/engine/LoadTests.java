package dev.browserpool.engine;

import dev.browserpool.LoadTest;
import dev.browserpool.LoadTestLease;
import dev.browserpool.PoolClosedException;
import dev.browserpool.PoolEvent;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Governed;
import dev.browserpool.spi.Holdings;
import dev.browserpool.spi.LoadTestFacts;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.SlotFacts;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The load tests that this member holds: one at most, but for one that has ended and does not know yet. The ledger ends them with
 * their member; that it has done so is heard by a signal, or found when it is looked at, three times in a member's time to live, from
 * the first that was asked for until the pool is closed.
 */
final class LoadTests {
    private static final Logger log = LoggerFactory.getLogger(LoadTests.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final long CLOSE_WAITS_SECONDS = 5;

    private final Core core;
    private final Map<Ticket, HeldLoadTest> held = new ConcurrentHashMap<>();

    /** Asked for and not held yet, with the reason if they have ended already. */
    private final Map<Ticket, CompletableFuture<String>> asked = new ConcurrentHashMap<>();

    private final AtomicBoolean looking = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    LoadTests(Core core) {
        this.core = core;
    }

    /**
     * What became of asking for the pool.
     *
     * @param test who has it now
     * @param lease the lease, if it is who asked
     */
    record Begun(LoadTestFacts test, Optional<LoadTestLease> lease) {}

    AskingForTest asking(String runId, String who, Duration limit) {
        if (looking.compareAndSet(false, true)) {
            lookSoon();
        }
        return new AskingForTest(core, this, runId, who, limit);
    }

    /** Somebody asks under a ticket; hears if it ends before it is held. */
    void isAskedFor(Ticket ticket, CompletableFuture<String> over) {
        asked.put(ticket, over);
    }

    void isAskedForNoMore(Ticket ticket) {
        asked.remove(ticket);
    }

    Begun ask(Ticket ticket, String runId, String who, Duration limit) {
        long askedAt = core.time.now();
        Governed answer = core.calls.order(
                () -> core.ledger().govern(new Act.BeginLoadTest(Optional.of(ticket), runId, who, limit)));
        Governed.LoadTesting testing = (Governed.LoadTesting) answer;
        if (!testing.isMeant()) {
            return new Begun(testing.test(), Optional.empty());
        }
        HeldLoadTest lease = new HeldLoadTest(core, this, ticket, testing.test(), askedAt);
        publishStart(lease.loadTest());
        held.put(ticket, lease);
        if (closed.getCount() == 0) {
            lose(lease, "the pool was closed");
            CompletableFuture<Void> unused = giveBack(ticket, who, "its pool was closed");
            requireOpen(runId);
        }
        return new Begun(testing.test(), Optional.of(lease));
    }

    boolean isHolding() {
        return !held.isEmpty();
    }

    void requireOpen(String runId) {
        if (closed.getCount() == 0) {
            throw new PoolClosedException(core.config.name(), runId);
        }
    }

    /** Waits in real time until the check holds, which is made five times a second; ends early when the pool is closed. */
    boolean await(BooleanSupplier check, Duration howLong) throws InterruptedException {
        long since = System.nanoTime();
        while (!check.getAsBoolean()) {
            long left = Math.min(howLong.toNanos() - (System.nanoTime() - since), LOOK_EVERY.toNanos());
            if (left <= 0 || closed.await(left, TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }

    /** Who holds slots, oldest first. */
    List<String> stillRunning() {
        return core.calls.ask(() -> core.ledger().read(new Query.Status())).running().stream()
                .filter(slot -> slot.request().parentRequestId().isEmpty())
                .map(SlotFacts::request)
                .map(request -> request.requestId())
                .toList();
    }

    /** Its holder is done. */
    void end(HeldLoadTest lease) {
        held.remove(lease.ticket);
        String who = lease.loadTest().who();
        CompletableFuture<Void> told = giveBack(lease.ticket, who, "its holder ended it");
        publishEnd(lease.loadTest(), "its holder ended it");
        boolean interrupted = Thread.interrupted();
        try {
            told.get(CLOSE_WAITS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (Exception e) {
            log.info(
                    "pool {}: {} is still being given back",
                    core.config.name(),
                    lease.loadTest().describe());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Goes on until the store has heard it, or has given this member up. */
    CompletableFuture<Void> giveBack(Ticket ticket, String who, String reason) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        core.calls.send(
                () -> core.ledger().govern(new Act.EndLoadTest(Optional.of(ticket), Optional.empty(), who, reason)),
                core.time.now(),
                core.untilTheStoreForgets,
                (ended, sentAt) -> told.complete(null),
                away -> told.complete(null));
        return told;
    }

    void publishStart(LoadTest test) {
        core.events.publish(() -> new PoolEvent.LoadTestStarted(test));
        log.info("pool {}: {} has the pool, nothing is granted", core.config.name(), test.describe());
    }

    void publishEnd(LoadTest test, String reason) {
        core.events.publish(() -> new PoolEvent.LoadTestEnded(test, reason));
        log.info("pool {}: {} is over: {}", core.config.name(), test.describe(), reason);
    }

    /** What this member claims when the store has forgotten it. */
    Optional<LoadTestFacts> claim() {
        return held.values().stream().flatMap(lease -> lease.claim().stream()).findFirst();
    }

    /** The ledger has ended it. */
    void ended(Ticket ticket, String reason) {
        CompletableFuture<String> over = asked.get(ticket);
        if (over != null) {
            over.complete(reason); // it may be held a moment later
        }
        HeldLoadTest lease = held.get(ticket);
        if (lease != null) {
            lose(lease, reason);
        }
    }

    /** This member has become another one. */
    void loseThoseOfOthers() {
        loseAll(lease -> !core.isMine(lease.ticket), "the store has given its member up");
    }

    /** The store could not be reached for too long. */
    void loseAll() {
        loseAll(lease -> true, "the store could not be reached for too long");
    }

    /** The pool is about to close: nobody takes it any more, and who waits for it hears so. */
    void closing() {
        closed.countDown();
    }

    /** The pool is closed: the ledger has ended what this member held. */
    void closed() {
        loseAll(lease -> true, "the pool was closed");
    }

    private void loseAll(Predicate<HeldLoadTest> which, String reason) {
        List.copyOf(held.values()).stream().filter(which).forEach(lease -> lose(lease, reason));
    }

    private void lose(HeldLoadTest lease, String reason) {
        held.remove(lease.ticket);
        if (lease.lose(reason)) {
            publishEnd(lease.loadTest(), reason);
        }
    }

    private void lookSoon() {
        Deadlines.Entry unused =
                core.deadlines.schedule(core.time.in(core.backend.memberTtl().dividedBy(3)), this::look);
    }

    /**
     * The signal of an end may have been lost: only what was held before it was asked for is judged. And the store may have one that
     * this member gave up while the store was away, or whose answer came too late: nobody else would ever end it.
     */
    private void look() {
        if (closed.getCount() == 0) {
            return;
        }
        List<HeldLoadTest> before = List.copyOf(held.values());
        core.calls.look(
                () -> isAsExpected(before)
                        ? Optional.<Holdings>empty()
                        : Optional.of(core.ledger().read(new Query.Mine())),
                mine -> mine.ifPresent(holdings -> judge(before, holdings)));
        lookSoon();
    }

    /** A cheap question: all that a member has may be much. */
    private boolean isAsExpected(List<HeldLoadTest> before) {
        Optional<Ticket> holder = core.ledger().read(new Query.LoadTest()).flatMap(LoadTestFacts::holder);
        return holder.filter(this::isNobodys).isEmpty()
                && before.stream().allMatch(lease -> holder.equals(Optional.of(lease.ticket)));
    }

    private void judge(List<HeldLoadTest> before, Holdings mine) {
        if (!mine.known()) {
            return; // the next sign of life will hear so
        }
        Optional<Ticket> known = mine.loadTest();
        for (HeldLoadTest lease : before) {
            if (core.isMine(lease.ticket) && !known.equals(Optional.of(lease.ticket))) {
                ended(lease.ticket, "the store does not know it any more");
            }
        }
        known.filter(this::isNobodys).ifPresent(ticket -> {
            CompletableFuture<Void> unused = giveBack(ticket, "the pool", "its holder had lost it");
        });
    }

    /** Looks in the order of the way in, so that one that comes to be held meanwhile is seen. */
    private boolean isNobodys(Ticket ticket) {
        return core.isMine(ticket) && !asked.containsKey(ticket) && !held.containsKey(ticket);
    }
}
