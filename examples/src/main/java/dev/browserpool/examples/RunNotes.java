package dev.browserpool.examples;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolEvent;
import dev.browserpool.PoolListener;
import dev.browserpool.examples.scheduler.Recovery;
import dev.browserpool.examples.scheduler.SchedulerListener;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps what happens during a run and is checked after it. */
final class RunNotes implements SchedulerListener, PoolListener {
    private static final Duration LONGEST_DELIVERY = Duration.ofSeconds(10);

    private final Queue<Recovery> recoveries = new ConcurrentLinkedQueue<>();
    private final Queue<PoolEvent.ProfileConflict> conflicts = new ConcurrentLinkedQueue<>();
    private final CountDownLatch paused = new CountDownLatch(1);

    @Override
    public void recovered(Recovery recovery) {
        recoveries.add(recovery);
    }

    @Override
    public void on(PoolEvent event) {
        if (event instanceof PoolEvent.ProfileConflict conflict) {
            conflicts.add(conflict);
        } else if (event instanceof PoolEvent.Paused) {
            paused.countDown();
        }
    }

    /** Ends the run. Events come one after the other, so after this one nothing is missing. */
    void finish(BrowserPool pool) throws InterruptedException {
        pool.operations().pause("the run is over");
        if (!paused.await(LONGEST_DELIVERY.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the pool's events did not arrive within " + LONGEST_DELIVERY);
        }
    }

    List<Recovery> recoveries() {
        return List.copyOf(recoveries);
    }

    List<PoolEvent.ProfileConflict> conflicts() {
        return List.copyOf(conflicts);
    }
}
