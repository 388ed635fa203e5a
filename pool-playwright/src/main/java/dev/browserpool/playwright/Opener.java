package dev.browserpool.playwright;

import com.microsoft.playwright.BrowserContext;
import dev.browserpool.BrowserPoolException;
import dev.browserpool.BrowserSlot;
import dev.browserpool.SlotRequest;
import dev.browserpool.spi.SessionLease;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Grant, then browser, then session; and if it does not come to a session, everything back in the opposite order. */
final class Opener {
    /** For what Playwright's own timeout does not count: the driver's start, and its timeout's not firing. */
    static final Duration DRIVER_BUDGET = Duration.ofSeconds(20);

    private final SessionSettings settings;
    private final SlotRequest request;
    private final SessionOptions options;

    Opener(SessionSettings settings, SlotRequest request, SessionOptions options) {
        this.settings = settings;
        this.request = request;
        this.options = options;
    }

    BrowserSession open() throws InterruptedException {
        SessionLease lease = SessionLease.of(settings.pool().acquire(request));
        try {
            return browse(lease);
        } catch (InterruptedException | RuntimeException | Error e) {
            lease.fail(new RedactedFailure(e));
            lease.close();
            throw e;
        }
    }

    private BrowserSession browse(SessionLease lease) throws InterruptedException {
        lease.requireValid();
        Footprint footprint = new Footprint(request.requestId(), new SessionProcesses(tagName(lease)));
        Opening opening = new Opening(settings, request, options, lease, footprint);
        FutureTask<BrowserContext> task = new FutureTask<>(opening);
        Thread thread = Threads.daemon("open", request.requestId(), task);
        lease.onLost(loss -> {
            // Later it is not for the opening to act: a closing that is under way keeps its driver.
            if (thread.isAlive()) {
                abort(thread, footprint);
            }
        });
        thread.start();
        try {
            Duration atMost = settings.launchTimeout().plus(DRIVER_BUDGET);
            return session(lease, opening, footprint, task.get(atMost.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            cleanUp(thread, footprint);
            throw e;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            cleanUp(thread, footprint);
            throw told(lease, opening, e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e);
        } catch (Error e) {
            cleanUp(thread, footprint);
            throw e;
        }
    }

    private BrowserSession session(SessionLease lease, Opening opening, Footprint footprint, BrowserContext context) {
        Story story = new Story();
        SessionFacts facts =
                new SessionFacts(request, lease.token(), memberId(lease), opening.directory(), Instant.now());
        SessionEnd end = new SessionEnd(facts, story, footprint, settings);
        BrowserSession session = new BrowserSession(
                lease, facts, story, end, settings, opening.driver().orElseThrow(), context);
        WeakReference<SessionLease> weak = new WeakReference<>(lease);
        lease.onForgotten(end::forgotten);
        lease.onLost(loss -> end.takenBack(loss, weak));
        return session;
    }

    private static void abort(Thread thread, Footprint footprint) {
        thread.interrupt();
        footprint.processes().killDriver();
    }

    /** To the last process. An interrupt does not cut this short: the next owner of the profile relies on it. */
    private void cleanUp(Thread thread, Footprint footprint) {
        abort(thread, footprint);
        Deadline.in(DRIVER_BUDGET).await(() -> !thread.isAlive());
        footprint.erase(settings.budgets().exit());
        footprint.endThreads();
    }

    private static BrowserPoolException told(SessionLease lease, Opening opening, Throwable cause) {
        return Losses.of(lease, cause)
                .<BrowserPoolException>map(lost -> lost)
                .orElseGet(() -> cause instanceof BrowserPoolException known ? known : opening.failure(cause));
    }

    private String tagName(SessionLease lease) {
        return FileNames.of(request.requestId()) + "-" + lease.token() + "-"
                + ProcessHandle.current().pid();
    }

    private static Optional<String> memberId(SessionLease lease) {
        try {
            return lease.slot().grant().map(BrowserSlot.Grant::memberId);
        } catch (BrowserPoolException storeAway) {
            return Optional.empty();
        }
    }
}
