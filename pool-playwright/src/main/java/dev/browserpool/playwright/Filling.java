package dev.browserpool.playwright;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work that fills a footprint: an opening. It may be given up while its thread is somewhere that heeds no interrupt, and goes on
 * writing; what it writes in is kept until it is out.
 */
final class Filling {
    private static final Logger LOG = LoggerFactory.getLogger(Filling.class);

    private final AtomicBoolean isLate = new AtomicBoolean();
    private volatile CompletableFuture<Void> work = CompletableFuture.completedFuture(null);
    private volatile boolean outlived;

    /** How files and guard are given up. */
    interface GivingUp {
        /**
         * Does it.
         *
         * @param gone whether no process is left
         * @param clean whether all ended by themselves
         */
        void files(boolean gone, boolean clean);
    }

    /** The same work, which this knows of from now on. */
    <T> Callable<T> by(Callable<T> filling) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        work = over;
        return () -> {
            try {
                return filling.call();
            } finally {
                over.complete(null);
            }
        };
    }

    /** Gives up at once if the work is over; otherwise when it is, once, and as what is not clean. */
    void whenOver(String requestId, boolean gone, boolean clean, GivingUp givingUp) {
        if (work.isDone()) {
            givingUp.files(gone, clean);
            return;
        }
        if (!gone) {
            outlived = true;
        }
        if (isLate.compareAndSet(false, true)) {
            LOG.warn(
                    "{}: its opening goes on although it was given up; files and profile are kept until it ends",
                    requestId);
            CompletableFuture<Void> unused = work.thenRun(() -> late(requestId, givingUp));
        }
    }

    private void late(String requestId, GivingUp givingUp) {
        try {
            givingUp.files(!outlived, false);
        } catch (RuntimeException | Error e) {
            LOG.warn("{}: clearing up failed", requestId, e);
        }
    }
}
