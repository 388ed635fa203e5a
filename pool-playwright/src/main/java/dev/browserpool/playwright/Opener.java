package dev.browserpool.playwright;

import dev.browserpool.BrowserPoolException;
import dev.browserpool.BrowserSlot;
import dev.browserpool.ProfileBlock;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileQuarantinedException;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.playwright.directory.DirectoryHeldException;
import dev.browserpool.playwright.host.Deadline;
import dev.browserpool.playwright.host.FileNames;
import dev.browserpool.playwright.host.SessionProcesses;
import dev.browserpool.playwright.host.Threads;
import dev.browserpool.playwright.redaction.RedactedFailure;
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
        BrowserSession session = opened();
        session.hookAfterLaunch();
        return session;
    }

    private BrowserSession opened() throws InterruptedException {
        SessionLease lease = sessionLease(settings.pool().acquire(request));
        while (true) {
            refuseIfClosed(lease);
            OpenSessions.Attempt attempt = new OpenSessions.Attempt(settings.shutdownGrace());
            OpenSessions.begins(attempt);
            try {
                return openUnder(lease, attempt);
            } catch (DirectoryHeldException held) {
                OpenSessions.isOver(attempt);
                lease = park(lease, held);
            } catch (ProfileObjection objection) {
                giveBack(lease, objection);
                throw quarantined(objection);
            } catch (InterruptedException | RuntimeException | Error e) {
                giveBack(lease, e);
                throw e;
            } finally {
                OpenSessions.isOver(attempt);
            }
        }
    }

    /** They may have been closed while it waited. */
    private void refuseIfClosed(SessionLease lease) {
        try {
            settings.requireOpen(request);
        } catch (IllegalStateException closed) {
            giveBack(lease, closed);
            throw closed;
        }
    }

    /** What comes of an opening is told to those who listen. */
    private BrowserSession openUnder(SessionLease lease, OpenSessions.Attempt attempt)
            throws InterruptedException, DirectoryHeldException, ProfileObjection {
        long since = System.nanoTime();
        settings.tidings().tell(listener -> listener.opening(request));
        boolean isOpen = false;
        try {
            BrowserSession session = browse(lease, attempt);
            isOpen = true;
            return session;
        } finally {
            Duration took = Duration.ofNanos(System.nanoTime() - since);
            if (isOpen) {
                settings.tidings().tell(listener -> listener.opened(request, took));
            } else {
                settings.tidings().tell(listener -> listener.notOpened(request, took));
            }
        }
    }

    /** A pool that wraps another may give a lease that no session can run under; its slot must not stay taken for that. */
    private static SessionLease sessionLease(SlotLease lease) {
        try {
            return SessionLease.of(lease);
        } catch (IllegalArgumentException foreign) {
            try (lease) {
                lease.fail(foreign);
            }
            throw foreign;
        }
    }

    /** Waits at the old place, with no slot and nothing on the machine. */
    private SessionLease park(SessionLease lease, DirectoryHeldException held) throws InterruptedException {
        try {
            return lease.park(held.owner(), held.detectedBy(), settings.lookAgainIn());
        } catch (InterruptedException | RuntimeException | Error e) {
            giveBack(lease, e); // counts only if it was being taken back, which waits for a confirmation
            throw e;
        }
    }

    private static void giveBack(SessionLease lease, Throwable cause) {
        lease.fail(new RedactedFailure(cause));
        lease.close();
    }

    private ProfileQuarantinedException quarantined(ProfileObjection objection) {
        String profileId = request.profile().orElseThrow().profileId();
        ProfileQuarantinedException refusal = new ProfileQuarantinedException(
                request.requestId(),
                quarantine(profileId)
                        .orElseGet(() -> new ProfileBlock(
                                profileId,
                                ProfileStatus.QUARANTINED,
                                request.requestId(),
                                String.valueOf(objection.getMessage()),
                                Instant.now(),
                                Optional.empty())));
        refusal.initCause(objection);
        return refusal;
    }

    /** What stands: somebody else's quarantine may have been first. */
    private Optional<ProfileBlock> quarantine(String profileId) {
        try {
            return settings.pool().profiles().view(profileId).blocks().stream()
                    .filter(block -> block.status() == ProfileStatus.QUARANTINED)
                    .findFirst();
        } catch (BrowserPoolException storeAway) {
            return Optional.empty();
        }
    }

    private BrowserSession browse(SessionLease lease, OpenSessions.Attempt attempt)
            throws InterruptedException, DirectoryHeldException, ProfileObjection {
        lease.requireValid();
        Tenancy tenancy = new Tenancy(new Footprint(request.requestId(), new SessionProcesses(tagName(lease))));
        attempt.failsBy(tenancy::endOpening);
        Opening opening = new Opening(settings, request, options, lease, tenancy);
        FutureTask<Opened> task = new FutureTask<>(tenancy.footprint().filledBy(opening));
        Thread thread = Threads.daemon("open", request.requestId(), task);
        lease.onLost(loss -> {
            // Later it is not for the opening to act: a closing that is under way keeps its driver.
            if (thread.isAlive()) {
                abort(thread, tenancy);
            }
        });
        thread.start();
        try {
            Duration atMost = settings.launchTimeout().plus(DRIVER_BUDGET);
            Opened opened = task.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            if (!attempt.opens()) {
                throw new IllegalStateException("opened too late");
            }
            return session(lease, opening, tenancy, opened);
        } catch (InterruptedException e) {
            cleanUp(lease, opening, thread, tenancy);
            throw e;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            cleanUp(lease, opening, thread, tenancy);
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            letOpenDecide(lease, cause);
            throw attempt.hasToFail() ? jvmEnds(cause) : told(lease, opening, cause);
        } catch (Error e) {
            cleanUp(lease, opening, thread, tenancy);
            throw e;
        }
    }

    /** What is no failure of the opening, unless the lease is gone anyway. */
    private static void letOpenDecide(SessionLease lease, Throwable cause)
            throws DirectoryHeldException, ProfileObjection {
        if (cause instanceof ProfileObjection objection) {
            lease.quarantine(String.valueOf(objection.getMessage()));
            if (lease.isValid()) {
                throw objection;
            }
        }
        if (cause instanceof DirectoryHeldException held && lease.isValid()) {
            throw held;
        }
    }

    private BrowserSession session(SessionLease lease, Opening opening, Tenancy tenancy, Opened opened) {
        Story story = new Story();
        SessionFacts facts = new SessionFacts(
                request,
                lease.token(),
                memberId(lease),
                SessionProxy.idFor(lease, request),
                opening.directory(),
                Instant.now());
        Presence presence = new Presence();
        Place place = opening.place().orElseThrow();
        SessionEnd end = new SessionEnd(facts, story, tenancy, place, settings, presence);
        Vitals vitals = new Vitals(
                opened.driver().process(),
                opened.shared()
                        .map(WarmBrowser::process)
                        .orElseGet(() -> tenancy.footprint().processes().known()),
                () -> opened.shared().flatMap(WarmBrowser::fate));
        Loan loan = new Loan(lease, facts, vitals, presence);
        BrowserSession session = new BrowserSession(lease, facts, story, end, settings, opened, loan, opening.hooks());
        WeakReference<SessionLease> weak = new WeakReference<>(lease);
        OpenSessions.add(end, session);
        lease.onForgotten(end::forgotten);
        lease.onLost(loss -> end.takenBack(loss, weak));
        return session;
    }

    private static void abort(Thread thread, Tenancy tenancy) {
        thread.interrupt();
        tenancy.killDriver();
    }

    /** To the last process. An interrupt does not cut this short: the next owner of the profile relies on it. */
    private void cleanUp(SessionLease lease, Opening opening, Thread thread, Tenancy tenancy) {
        boolean byItself = false;
        try {
            abort(thread, tenancy);
            if (!Deadline.in(DRIVER_BUDGET).await(() -> !thread.isAlive())
                    && isExclusive()
                    && tenancy.footprint().isGuarded()) {
                lease.unclean(
                        "its opening was given up and did not come to an end; its directory is locked until it does");
            }
            byItself = tenancy.footprint().erase(settings.budgets().exit());
            Deadline enough = Deadline.in(settings.longestRest());
            Deadline ofGrace = Deadline.in(settings.pool().config().stopGrace().dividedBy(2));
            tenancy.rest()
                    .await(() -> enough.isOver() || (ofGrace.isOver() && !lease.isValid()))
                    .problem()
                    .ifPresent(lease::unclean);
        } finally {
            if (!byItself && isExclusive()) {
                lease.unclean("its browser did not end by itself in time when its opening was given up");
            }
            if (lease.recoveredFrom().isPresent() && opening.directory().isEmpty()) {
                lease.unclean("its last owner's end was not clean, and nobody has opened its directory since");
            }
            tenancy.footprint().endThreads();
            opening.place().ifPresent(Place::leave);
        }
    }

    private boolean isExclusive() {
        return request.profile().filter(ProfileClaim::isExclusive).isPresent();
    }

    private BrowserSessionException jvmEnds(Throwable cause) {
        String problem = "this JVM ends, and its shutdownGrace of " + settings.shutdownGrace() + " is over";
        return new BrowserSessionException(request, BrowserSessionException.Step.DRIVER, problem, cause);
    }

    private static BrowserPoolException told(SessionLease lease, Opening opening, Throwable cause) {
        return Losses.of(lease, cause)
                .<BrowserPoolException>map(lost -> lost)
                .orElseGet(() -> cause instanceof BrowserPoolException known ? known : opening.failure(cause));
    }

    private String tagName(SessionLease lease) {
        // One that may live on is not this request's alone.
        boolean livesOn = settings.reuse().keepsAnything() && request.profile().isEmpty();
        return (livesOn ? "warm-" : "") + FileNames.unique(FileNames.of(request.requestId()) + "-" + lease.token())
                + "-" + ProcessHandle.current().pid();
    }

    private static Optional<String> memberId(SessionLease lease) {
        try {
            return lease.slot().grant().map(BrowserSlot.Grant::memberId);
        } catch (BrowserPoolException storeAway) {
            return Optional.empty();
        }
    }
}
