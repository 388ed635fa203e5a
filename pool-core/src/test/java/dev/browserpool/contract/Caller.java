package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.SlotLease;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** A thread that acquires, as a user's would. */
final class Caller {
    private final CompletableFuture<SlotLease> outcome = new CompletableFuture<>();
    private final Thread thread;

    private Caller(Callable<SlotLease> acquire) {
        this.thread = new Thread(() -> run(acquire), "caller");
        thread.setDaemon(true);
    }

    static Caller start(Callable<SlotLease> acquire) {
        Caller caller = new Caller(acquire);
        caller.thread.start();
        return caller;
    }

    private void run(Callable<SlotLease> acquire) {
        try {
            outcome.complete(acquire.call());
        } catch (Throwable t) {
            outcome.completeExceptionally(t);
        }
    }

    boolean isParked() {
        return EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(thread.getState());
    }

    boolean isDone() {
        return outcome.isDone();
    }

    void interrupt() {
        thread.interrupt();
    }

    SlotLease lease() {
        return PoolContract.granted(outcome);
    }

    Throwable thrown() {
        await().until(outcome::isDone);
        assertThat(outcome).isCompletedExceptionally();
        return outcome.handle((lease, thrown) -> thrown).join();
    }
}
