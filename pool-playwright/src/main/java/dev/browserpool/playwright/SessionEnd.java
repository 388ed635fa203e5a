package dev.browserpool.playwright;

import dev.browserpool.LeaseLoss;
import dev.browserpool.LogContext;
import dev.browserpool.ProfileLock;
import dev.browserpool.SlotState;
import dev.browserpool.playwright.host.Deadline;
import dev.browserpool.playwright.host.Threads;
import dev.browserpool.playwright.redaction.RedactedFailure;
import dev.browserpool.spi.ProfileEnd;
import dev.browserpool.spi.SessionLease;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one end of a session, whoever brings it about: its holder, another thread, the pool that takes the lease back or finds
 * it forgotten. Always in this order: evidence, processes gone, files and guard given up, lease given back, report. Holds no
 * strong reference to session, lease or Playwright.
 */
final class SessionEnd {
    private static final Logger LOG = LoggerFactory.getLogger(SessionEnd.class);

    private static final String KILLED = "its browser did not end by itself in time";

    private final SessionFacts facts;
    private final Story story;
    private final Tenancy tenancy;
    private final Place place;
    private final SessionSettings settings;
    private final Presence presence;
    private final Farewell farewell;
    private final LossClock lost = new LossClock();
    private final AtomicReference<@Nullable Thread> ender = new AtomicReference<>();
    private final AtomicBoolean finishing = new AtomicBoolean();
    private volatile boolean done;
    private volatile boolean endedByItself;
    private volatile Evidence.Saved evidence = Evidence.Saved.NOTHING;

    SessionEnd(
            SessionFacts facts,
            Story story,
            Tenancy tenancy,
            Place place,
            SessionSettings settings,
            Presence presence) {
        this.presence = presence;
        this.facts = facts;
        this.story = story;
        this.tenancy = tenancy;
        this.place = place;
        this.settings = settings;
        this.farewell = new Farewell(settings, facts.request());
        tenancy.rest().endsAs(this::asRun);
    }

    /** True for the first caller, who then has to bring it to its end. */
    boolean begin() {
        return ender.compareAndSet(null, Thread.currentThread());
    }

    /** Whether this thread is at it already: a handler of Playwright's may close the session that is being closed. */
    boolean isBegunHere() {
        return Thread.currentThread().equals(ender.get()) && !done;
    }

    /**
     * The pool takes the lease back. Returns at once. A holder inside a loan is interrupted, and may close it himself, with all the
     * evidence that the browser gives; if he does not come out, or is elsewhere, it is stopped. A closing that has begun goes on:
     * it has clocks of its own.
     */
    void takenBack(LeaseLoss why, WeakReference<SessionLease> lease) {
        lost.start(why);
        Runnable stop = () -> stopElsewhere(why, lease);
        if (presence.interrupt()) {
            farewell.forced(SessionListener.Force.INTERRUPT);
            settings.watchdog().after(settings.budgets().unwind(), stop);
        } else {
            stop.run();
        }
    }

    /** The same, and waits for it. */
    void jvmEnds(Supplier<Optional<SessionLease>> lease) {
        if (presence.interrupt()) {
            Deadline.in(settings.budgets().unwind()).await(() -> ender.get() != null);
        }
        if (begin()) {
            stop("this JVM is ending", lease);
        } else {
            awaitDone();
        }
    }

    boolean isDone() {
        return done;
    }

    SessionSettings settings() {
        return settings;
    }

    /** What is left of a budget that counts from the loss of the lease, if it was lost. */
    Duration left(Duration budget) {
        return lost.left(budget);
    }

    private void stopElsewhere(LeaseLoss why, WeakReference<SessionLease> lease) {
        Runnable work = () -> stop(why.message(), () -> Optional.ofNullable(lease.get()));
        Thread stopper = Threads.daemon("stop", facts.requestId(), work);
        if (ender.compareAndSet(null, stopper)) {
            try {
                stopper.start();
            } catch (OutOfMemoryError noThread) {
                work.run(); // this one is the library's and may be kept waiting
            }
        }
    }

    /** Nobody has the session any more; the pool gives the lease back afterwards, with what this tells. */
    ProfileEnd forgotten() {
        if (begin()) {
            lost.start(new LeaseLoss(
                    facts.requestId(), facts.token(), LeaseLoss.Reason.LOST, "it was forgotten unclosed"));
            stop("the session was forgotten unclosed", Optional::empty);
            endThreads();
        } else {
            awaitDone(); // it was taken back, and the pool must not give it on before its browser is gone
        }
        ProfileLock.Progress progress = new ProfileLock.Progress(Optional.empty(), evidence.onRecord());
        return endedByItself
                ? new ProfileEnd(ProfileEnd.Condition.CLEAN, "", progress)
                : new ProfileEnd(ProfileEnd.Condition.UNCLEAN, KILLED, progress);
    }

    /** Ends it without asking the browser anything. The lease is empty if nobody has it any more. */
    void stop(String why, Supplier<Optional<SessionLease>> lease) {
        try (LogContext context = LogContext.enter(settings.pool().config().name(), facts.request())) {
            try {
                killDriver();
                Duration budget = settings.budgets().evidence();
                saveEvidence(lease, left(budget), run -> run.skip("page", "the browser was stopped first: " + why));
            } finally {
                finish(lease);
            }
        }
    }

    /** Ends what Playwright keeps for its driver. To be called by the thread that was in it. */
    void endThreads() {
        if (!tenancy.isOver()) {
            tenancy.footprint().endThreads();
        }
    }

    /** Does nothing once its driver serves another session. */
    void killDriver() {
        if (!tenancy.isOver()) {
            farewell.forced(SessionListener.Force.DRIVER);
        }
        tenancy.killDriver();
    }

    boolean isLost() {
        return lost.isRunning();
    }

    /** Tells the ledger where it is at once: what follows may hang, and this JVM may not survive it. */
    void saveEvidence(Supplier<Optional<SessionLease>> lease, Duration budget, Consumer<EvidenceRun> pages) {
        farewell.begins();
        Evidence.Ending how = new Evidence.Ending(outcome(), lost.loss(), cause());
        evidence = settings.evidence().save(facts, story, how, budget, pages);
        evidence.onRecord().ifPresent(where -> lease.get().ifPresent(held -> held.evidence(where)));
    }

    /** For one that keeps nothing. */
    void finish(Supplier<Optional<SessionLease>> lease) {
        finish(lease, new Kept.Nothing());
    }

    /** Waits for the processes, tidies up, passes on what is kept, gives the lease back and tells about it. */
    void finish(Supplier<Optional<SessionLease>> lease, Kept kept) {
        if (!finishing.compareAndSet(false, true)) {
            awaitDone();
            return;
        }
        farewell.begins();
        boolean killed = true;
        try {
            killed = !settle(kept);
        } catch (RuntimeException | Error e) {
            LOG.warn("{}: clearing up failed", facts.requestId(), e);
        } finally {
            endedByItself = !killed;
            place.leave();
            giveBack(lease.get(), killed, rested());
            done = true;
            OpenSessions.remove(this);
        }
        report(killed);
    }

    /** Whoever was lost, or had to be stopped, leaves nothing to others. Returns whether all that had to end did so by itself. */
    private boolean settle(Kept kept) {
        Footprint footprint = tenancy.footprint();
        Duration exit = settings.budgets().exit();
        if (kept instanceof Kept.Nothing) {
            return footprint.settle(exit);
        }
        if (isLost() || !tenancy.passOn()) {
            return footprint.erase(exit);
        }
        return kept.settle(footprint, place, exit);
    }

    private void giveBack(Optional<SessionLease> lease, boolean killed, Rest.Result rested) {
        rested.hookFailure().ifPresent(failure -> story.fail(failure, FailureCause.CODE));
        lease.ifPresent(held -> {
            rested.hookFailure().ifPresent(failure -> held.fail(new RedactedFailure(failure)));
            rested.problem().ifPresent(problem -> {
                held.unclean(problem);
                held.checkpoint((problem + "; last step: " + story.progress()).strip());
            });
            if (killed && facts.ownsDirectory()) {
                held.unclean(KILLED);
            }
            held.close();
        });
    }

    private Rest.Result rested() {
        Deadline enough = Deadline.in(settings.longestRest());
        try {
            return tenancy.rest().await(() -> enough.isOver() || isNearlyPassed());
        } catch (RuntimeException | Error e) {
            LOG.warn("{}: nobody knows what became of its profile", facts.requestId(), e);
            return Rest.Result.NOTHING;
        }
    }

    /** Whether the slot and the profile are about to pass to somebody else, released or not. */
    private boolean isNearlyPassed() {
        return lost.isNearlyOver(settings.pool().config().stopGrace());
    }

    private Rest.Run asRun() {
        SlotState outcome = outcome();
        boolean well = outcome == SlotState.COMPLETED || outcome == SlotState.RELEASED;
        Optional<FailureCause> cause = story.cause();
        return new Rest.Run(
                !well || cause.isPresent(),
                cause.filter(FailureCause.BROWSER_DIED::equals).isPresent());
    }

    /** Waits for an end that somebody else brings about, whatever interrupts; no longer than that may take. */
    void awaitDone() {
        if (!Deadline.in(settings.longestEnd()).await(() -> done)) {
            LOG.warn("{}: its end is still under way after {}", facts.requestId(), settings.longestEnd());
        }
    }

    Optional<Path> evidence() {
        return evidence.where();
    }

    private SlotState outcome() {
        return lost.loss().map(loss -> loss.reason().state()).orElseGet(story::verdict);
    }

    private Optional<FailureCause> cause() {
        return isLost() ? Optional.of(FailureCause.LEASE_LOST) : story.cause();
    }

    private void report(boolean killed) {
        SessionReport report = new SessionReport(
                facts.request(),
                facts.token(),
                outcome(),
                story.failure(),
                cause(),
                lost.loss(),
                evidence(),
                evidence.problem(),
                killed);
        if (killed) {
            farewell.forced(SessionListener.Force.BROWSER);
        }
        farewell.closed(report);
    }
}
