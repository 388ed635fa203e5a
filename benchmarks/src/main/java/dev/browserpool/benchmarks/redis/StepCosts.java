package dev.browserpool.benchmarks.redis;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** What the steps of the pool cost the server, with some waiters in line; and what a look at it all costs the one who looks. */
final class StepCosts implements AutoCloseable {
    private static final long PAUSE_NANOS = 500_000;
    private static final long PATIENCE_SECONDS = 60;

    private final ServerStats stats;
    private final BrowserPool pool;
    private final Map<String, CompletableFuture<SlotLease>> line = new ConcurrentHashMap<>();
    private final BlockingQueue<SlotLease> granted = new LinkedBlockingQueue<>();
    private final int batch;
    private SlotLease holder;

    private StepCosts(ServerStats stats, BrowserPool pool, int waiters) throws InterruptedException {
        this.stats = stats;
        this.pool = pool;
        this.batch = Math.max(1, Math.min(100, waiters / 2));
        this.holder = pool.acquire(SlotRequest.of(OperationType.TEST_RUN));
        cost(waiters, () -> submit(waiters));
    }

    /**
     * In microseconds.
     *
     * @param submit in the server, of one that has to wait
     * @param withdraw in the server, of one somewhere in the line
     * @param release in the server, with the grant to the next in line
     * @param status in the server, with the first page of the line
     * @param statusSeen the same as seen by the caller, with the reading of the answer: the median
     */
    record Costs(double submit, double withdraw, double release, double status, double statusSeen) {}

    /** With so many in line, or half as many more, and each step so many times at least. */
    static Costs with(int waiters, int steps, String url, String id, ServerStats stats) throws InterruptedException {
        try (StepCosts costs = new StepCosts(stats, BrowserPoolLimit.pool(url, id, 1), waiters)) {
            return costs.measure(steps);
        }
    }

    private Costs measure(int steps) throws InterruptedException {
        Sum submit = new Sum();
        Sum withdraw = new Sum();
        Sum release = new Sum();
        Sum status = new Sum();
        Histogram seen = new Histogram(3);
        for (int done = 0; done < steps; done += batch) {
            submit.add(cost(batch, () -> submit(batch)));
            withdraw.add(cost(batch, this::withdraw));
            status.add(cost(batch, () -> look(seen)));
            release.add(cost(batch, this::release));
            cost(batch, () -> submit(batch));
        }
        return new Costs(
                submit.mean(), withdraw.mean(), release.mean(), status.mean(), seen.getValueAtPercentile(50) / 1000.0);
    }

    private static final class Sum {
        private long calls;
        private long micros;

        void add(ServerStats.Scripts more) {
            calls += more.calls();
            micros += more.micros();
        }

        double mean() {
            return (double) micros / calls;
        }
    }

    /** Something that has the server run scripts. */
    private interface Steps {
        void run() throws InterruptedException;
    }

    /** Returns when the server has run so many. Signs of life are among them, one a second: too few to matter. */
    private ServerStats.Scripts cost(int steps, Steps work) throws InterruptedException {
        ServerStats.Scripts before = stats.scripts();
        work.run();
        while (stats.scripts().since(before).calls() < steps) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return stats.scripts().since(before);
    }

    /** Several calls are under way at once, so the order in line is not that of this loop. */
    private void submit(int count) {
        for (int i = 0; i < count; i++) {
            SlotRequest request = SlotRequest.of(OperationType.TEST_RUN);
            CompletableFuture<SlotLease> waiting = pool.acquireAsync(request);
            line.put(request.requestId(), waiting);
            var unused = waiting.thenAccept(lease -> {
                line.remove(lease.requestId());
                granted.add(lease);
            });
        }
    }

    /** Any of them, wherever they stand. */
    private void withdraw() {
        List<String> those = line.keySet().stream().limit(batch).toList();
        those.forEach(id -> line.computeIfPresent(id, (same, waiting) -> waiting.cancel(false) ? null : waiting));
    }

    /** Each gives its slot to the next. */
    private void release() throws InterruptedException {
        for (int i = 0; i < batch; i++) {
            holder.close();
            SlotLease next = granted.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new IllegalStateException("nobody in line got the slot");
            }
            holder = next;
        }
    }

    private void look(Histogram seen) {
        for (int i = 0; i < batch; i++) {
            long begin = System.nanoTime();
            int shown = pool.status().line().size();
            seen.recordValue(System.nanoTime() - begin);
            if (shown == 0) {
                throw new IllegalStateException("there is nobody in line");
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
