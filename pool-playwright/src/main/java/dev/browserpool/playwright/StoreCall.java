package dev.browserpool.playwright;

import dev.browserpool.playwright.host.Deadline;
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
    /** Waits for it; an interrupt does not cut that short, and the flag is kept. */
    Path inTime(String what, Callable<Path> call) throws IOException {
        FutureTask<Path> task = begun(what, call);
        Deadline deadline = Deadline.in(atMost);
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return task.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException told
                    ? told
                    : new IOException("its store failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new IOException("its store did not answer to " + what + " within " + atMost, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Does not wait for it. */
    FutureTask<Path> begun(String what, Callable<Path> call) {
        FutureTask<Path> task = new FutureTask<>(call);
        Threads.daemon("evidence-" + what, requestId, task).start();
        return task;
    }
}
