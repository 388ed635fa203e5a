package dev.browserpool.engine;

import dev.browserpool.BrowserPoolException;
import dev.browserpool.SlotLease;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A future, completed on a dispatcher. Whoever completes it in another way has given up. */
final class AsyncCaller implements Waiter {
    final CompletableFuture<SlotLease> future = new CompletableFuture<>();
    private final Dispatcher dispatcher;

    AsyncCaller(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public void granted(PooledLease lease) {
        dispatcher.aboutLease(() -> {
            if (!future.complete(lease)) {
                lease.decline();
            }
        });
    }

    @Override
    public void failed(Supplier<? extends BrowserPoolException> why) {
        dispatcher.badNews(() -> future.completeExceptionally(why.get()));
    }
}
