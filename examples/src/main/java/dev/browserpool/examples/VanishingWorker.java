package dev.browserpool.examples;

import dev.browserpool.BrowserPool;
import dev.browserpool.ProfileLocks;
import dev.browserpool.ProfileRule;
import dev.browserpool.SlotLease;
import dev.browserpool.examples.tasks.Task;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A worker that takes a profile, gets to work, and is never heard of again: its thread ends, its lease is not closed. */
final class VanishingWorker {
    static final String NAME = "worker-ghost";
    static final String LAST_CHECKPOINT = "packed the tea";

    private final BrowserPool pool;
    /** Kept, because the pool finds a lease that nobody can reach any more at once; this one has to expire. */
    private final List<SlotLease> neverClosed = new CopyOnWriteArrayList<>();

    VanishingWorker(BrowserPool pool) {
        this.pool = pool;
    }

    /** Returns when it has the profile, and is gone. */
    void begin(Task task) throws InterruptedException {
        // As by default; said here because it is what the next task relies on.
        ProfileLocks profiles = pool.profiles();
        task.profileId().ifPresent(id -> profiles.setRule(profiles.rule(id).withOnStale(ProfileRule.OnStale.RECOVER)));
        Thread thread = new Thread(() -> workHalf(task), NAME);
        thread.setDaemon(true);
        thread.start();
        thread.join();
    }

    private void workHalf(Task task) {
        try {
            SlotLease lease =
                    pool.acquire(task.routed().request().workerId(NAME).build());
            lease.checkpoint(LAST_CHECKPOINT);
            neverClosed.add(lease);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
