package dev.browserpool.playwright;

import dev.browserpool.playwright.host.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls of a store, on threads that may hang without harm.
 *
 * @param requestId whose evidence
 * @param atMost how long one may take
 */
record StoreCall(String requestId, Duration atMost) {
    Path inTime(String what, Callable<Path> call) throws IOException {
        FutureTask<Path> task = begun(what, call);
        try {
            return task.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException told
                    ? told
                    : new IOException("its store failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new IOException("its store did not answer to " + what + " within " + atMost, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while its store was asked to " + what, e);
        }
    }

    /** Does not wait for it. */
    FutureTask<Path> begun(String what, Callable<Path> call) {
        FutureTask<Path> task = new FutureTask<>(call);
        Threads.daemon("evidence-" + what, requestId, task).start();
        return task;
    }
}
