package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who came first is served first, however many pull at the slots. A lease's token tells when it was granted. */
@Timeout(60)
class FairnessUnderContentionTest {
    private static final int SLOTS = 3;

    private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(SLOTS));
    private final Arena arena = new Arena(pool, SLOTS);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    @AfterEach
    void close() {
        pool.close();
        threads.shutdownNow();
    }

    @Test
    void blockedThreadsAreServedInTheOrderInWhichTheyEnteredTheLine() {
        int callers = 12;
        for (int round = 0; round < 50; round++) {
            List<CompletableFuture<SlotLease>> held = IntStream.range(0, SLOTS)
                    .mapToObj(i -> pool.acquireAsync(Arena.request()))
                    .toList();
            List<SlotLease> leases = held.stream().map(Duel::answer).toList();
            List<Future<Long>> tokens = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                tokens.add(threads.submit(this::acquireAndClose));
                int position = i + 1;
                await().pollInterval(Duration.ofNanos(50_000))
                        .until(() -> pool.operations().line(position - 1, 1).size() == 1);
            }
            leases.forEach(lease -> threads.execute(lease::close));
            assertThat(tokens.stream().map(Duel::answer).toList())
                    .as("tokens in the order of arrival, round " + round)
                    .isSorted();
        }
        arena.isAsBefore("at the end");
    }

    private long acquireAndClose() throws InterruptedException {
        try (SlotLease lease = pool.acquire(Arena.request())) {
            arena.enter(lease);
            arena.leave(lease);
            return lease.token();
        }
    }

    /**
     * Each worker asks for his next lease before he closes the one he has: so at every moment more are asked for than there are
     * slots, and somebody waits. A newcomer who does not want to wait must never find a slot.
     */
    @Test
    void nobodyBargesWhileSomebodyWaits() {
        int workers = 6;
        int turns = 4_000;
        AtomicInteger barged = new AtomicInteger();
        AtomicInteger attempts = new AtomicInteger();
        AtomicLong lines = new AtomicLong(workers);
        List<Worker> all = IntStream.range(0, workers)
                .mapToObj(i -> new Worker(pool.acquireAsync(Arena.request())))
                .toList();
        List<Future<?>> hammers = IntStream.range(0, 2)
                .<Future<?>>mapToObj(i -> threads.submit(() -> {
                    while (lines.get() == workers) {
                        attempts.incrementAndGet();
                        pool.tryAcquire(Arena.request()).ifPresent(lease -> {
                            barged.incrementAndGet();
                            lease.close();
                        });
                    }
                }))
                .toList();
        List<Future<?>> shifts = all.stream()
                .<Future<?>>map(worker -> threads.submit(() -> worker.work(turns, lines)))
                .toList();
        hammers.forEach(Duel::answer);
        shifts.forEach(Duel::answer);

        assertThat(barged).hasValue(0);
        assertThat(attempts.get()).isGreaterThan(1_000);
        arena.isAsBefore("at the end");
    }

    private final class Worker {
        private CompletableFuture<SlotLease> next;

        Worker(CompletableFuture<SlotLease> first) {
            this.next = first;
        }

        /** Says before he stops, and then lets the others, and himself, go on for a while: a hammer may be at work. */
        void work(int turns, AtomicLong lines) {
            for (int i = 0; i < turns; i++) {
                if (i == turns / 2) {
                    lines.decrementAndGet();
                }
                SlotLease lease = arena.enter(Duel.answer(next));
                next = pool.acquireAsync(Arena.request());
                arena.leave(lease);
            }
            var unused = next.thenAccept(SlotLease::close);
        }
    }
}
