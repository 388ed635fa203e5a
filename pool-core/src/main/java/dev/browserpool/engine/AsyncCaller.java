package dev.browserpool.engine;

import dev.browserpool.BrowserPoolException;
import dev.browserpool.SlotLease;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** A future, completed on a dispatcher. Whoever completes it in another way has given up. */
final class AsyncCaller implements Waiter {
    final CompletableFuture<SlotLease> future = new CompletableFuture<>();
    private final Executor dispatcher;

    AsyncCaller(Executor dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public void granted(PooledLease lease, Runnable declined) {
        dispatcher.execute(() -> {
            if (!future.complete(lease)) {
                declined.run();
            }
        });
    }

    @Override
    public void failed(Supplier<? extends BrowserPoolException> why) {
        dispatcher.execute(() -> future.completeExceptionally(why.get()));
    }
}
