package dev.browserpool.playwright;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import dev.browserpool.LeaseLostException;
import dev.browserpool.SlotLease;
import dev.browserpool.playwright.redaction.RedactedFailure;
import dev.browserpool.playwright.redaction.Redactor;
import dev.browserpool.spi.SessionLease;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A browser that runs under a lease. Closing it saves evidence, closes the browser, and only when its processes are gone gives
 * profile and slot back.
 *
 * <p><b>Threads.</b> A session belongs to one thread at a time, at first the one that opened it; every method says if others
 * may call it too. {@link #handOver()} passes it on. It is watched at these methods only: what a thread does with a
 * {@link Page} that it kept is not seen, and two threads at work in one browser corrupt it in silence.
 *
 * <p><b>Loss.</b> When the lease is taken back, the browser is stopped at once: what hangs in Playwright fails, and the next
 * call of {@link #page()}, {@link #context()}, {@link #note}, {@link #checkpoint}, {@link #requireAction}, {@link #handOver()} or
 * {@link #complete()} throws a {@link LeaseLostException}; {@link #fail} and {@link #close()} never do. Inside {@link
 * BrowserSessions#call} the thread is interrupted before that, and saves evidence if it comes out within a second.
 */
public final class BrowserSession implements AutoCloseable {
    private final SessionLease lease;
    private final SessionFacts facts;
    private final Story story;
    private final SessionEnd end;
    private final Confinement confinement;
    private final BrowserContext context;
    private final Loan loan;
    private final Closing closing;
    private final HookChain hooks;
    private @Nullable Page page;

    BrowserSession(
            SessionLease lease,
            SessionFacts facts,
            Story story,
            SessionEnd end,
            SessionSettings settings,
            Opened opened,
            Loan loan,
            HookChain hooks) {
        this.lease = lease;
        this.facts = facts;
        this.story = story;
        this.end = end;
        this.context = opened.context();
        this.loan = loan;
        this.confinement = new Confinement(facts.requestId(), Thread.currentThread());
        this.hooks = hooks;
        this.closing = new Closing(lease, facts, story, end, settings, opened, this::hookBeforeClose);
    }

    /**
     * Playwright's own context, not wrapped.
     *
     * @throws LeaseLostException if the lease has ended
     * @throws BrowserDiedException if its browser or driver is dead
     * @throws ConfinementException if another thread owns the session
     */
    public BrowserContext context() {
        enter("context()");
        return context;
    }

    /**
     * The session's first page, opened at the first call; another one if that was closed.
     *
     * @throws LeaseLostException if the lease has ended
     * @throws BrowserDiedException if its browser or driver is dead
     * @throws ConfinementException if another thread owns the session
     */
    public Page page() {
        enter("page()");
        Page current = page;
        if (current == null || current.isClosed()) {
            current = openPage();
            page = current;
        }
        return current;
    }

    /** The driver may die, or be stopped for a lost lease, in the middle of it. */
    private Page openPage() {
        try {
            List<Page> open = context.pages();
            return open.isEmpty() ? context.newPage() : open.get(0);
        } catch (PlaywrightException failure) {
            throw loan.behind(failure).orElse(failure);
        }
    }

    /**
     * The lease that it runs under, for {@code extendBy}, {@code recoveredFrom} and {@code onLost}. Say {@code complete}, {@code
     * fail}, {@code checkpoint} and {@code close} to the session, not to the lease: only the session's reach its evidence. Any
     * thread may ask.
     */
    public SlotLease lease() {
        return lease;
    }

    /** The directory of its profile; empty if it is ephemeral. Any thread. */
    public Optional<Path> profileDirectory() {
        return facts.profileDirectory();
    }

    /**
     * Notes that the work succeeded: closing will save no evidence, by the default policy, and end the request as COMPLETED. A browser
     * that has died since the work was done does not matter.
     *
     * @throws LeaseLostException if the lease has ended: others may have had slot and profile before the work was done
     * @throws ConfinementException if another thread owns the session
     */
    public void complete() {
        confinement.check("complete()");
        lease.requireValid();
        completed();
    }

    /**
     * Notes that the work failed, which counts even after {@link #complete()}: closing will save evidence and end the request
     * as FAILED.
     *
     * @throws ConfinementException if another thread owns the session
     */
    public void fail(Throwable cause) {
        confinement.check("fail()");
        failed(cause);
    }

    /**
     * Adds something to the evidence, and to what stands with the profile's lock beside the last checkpoint, as far as 200 characters
     * go; the same key again replaces the value. At most 1,000 keys are kept.
     *
     * @throws LeaseLostException if the lease has ended
     * @throws BrowserDiedException if its browser or driver is dead
     * @throws ConfinementException if another thread owns the session
     */
    public void note(String key, String value) {
        enter("note()");
        story.note(key, value);
        lease.checkpoint(story.progress());
    }

    /**
     * Notes that a step of the work was reached: in the evidence, where the last 1,000 are kept with their times, and the last
     * one with the profile's lock, where whoever recovers the profile after a crash reads it.
     *
     * @throws LeaseLostException if the lease has ended
     * @throws BrowserDiedException if its browser or driver is dead
     * @throws ConfinementException if another thread owns the session
     */
    public void checkpoint(String step) {
        enter("checkpoint()");
        story.checkpoint(step);
        lease.checkpoint(story.progress());
    }

    /**
     * Does nothing if the task allows this; to be called before something that not every task may do.
     *
     * @param action {@code [a-z][a-z0-9_]{0,63}}
     * @throws dev.browserpool.ActionNotAllowedException if the request names what it may do, and this is not among it
     * @throws IllegalArgumentException if that could never be the name of an action
     * @throws dev.browserpool.LeaseLostException if the lease was taken back
     * @throws BrowserDiedException if its browser or driver is dead
     * @throws ConfinementException if another thread has the session
     */
    public void requireAction(String action) {
        enter("requireAction()");
        facts.request().requireAction(action);
    }

    /**
     * Passes the session on: the next thread that calls a method of it is its owner. Everything that this thread did in the
     * browser happens-before what that one does. This thread must use no page of it any more.
     *
     * @throws LeaseLostException if the lease has ended
     * @throws BrowserDiedException if its browser or driver is dead
     * @throws ConfinementException if another thread owns the session
     */
    public void handOver() {
        enter("handOver()");
        confinement.handOver();
    }

    /** Where its evidence is; empty before the end, and if none was saved. Any thread. */
    public Optional<Path> evidence() {
        return end.evidence();
    }

    /**
     * Evidence, browser, processes, files, lease, in this order, each within its time budget and whatever fails. Never throws:
     * problems are logged. A second call does nothing. A pending interrupt cuts nothing short and is kept.
     *
     * <p>From a thread that does not own the session it can't ask the browser anything: the browser is stopped as if the lease
     * was taken back, with what can be saved of the evidence without it. It saves its profile's state, if it does not hang.
     */
    @Override
    public void close() {
        loan.vitals().dead().ifPresent(story::foundDead);
        if (confinement.enter()) {
            closing.run();
        } else {
            closing.byForce(Thread.currentThread().getName(), confinement.ownerName());
        }
    }

    /** Closes it in order if nobody is at work in it, as when the thread that had it has ended. */
    void jvmEnds() {
        if (confinement.enter()) {
            close();
        } else {
            end.jvmEnds(() -> Optional.of(lease));
        }
    }

    /** What can't be used for its hook's sake is closed, and whoever wanted it is told. */
    void hookAfterLaunch() {
        try {
            hooks.afterLaunch(this, loan.presence());
        } catch (HookFailure failure) {
            Optional<LeaseLostException> lost = Losses.of(lease, failure);
            failed(failure);
            close();
            if (lost.isPresent()) {
                throw lost.get();
            }
            throw new BrowserSessionException(
                    facts.request(),
                    BrowserSessionException.Step.HOOK,
                    Redactor.text(String.valueOf(failure.getMessage())),
                    failure);
        }
    }

    /** Only if there is somebody to ask. */
    private void hookBeforeClose() {
        if (lease.isValid() && loan.vitals().dead().isEmpty()) {
            hooks.beforeClose(this, loan.presence()).ifPresent(this::failed);
        }
    }

    void completed() {
        story.complete();
        lease.complete();
    }

    void failed(Throwable cause) {
        story.fail(cause, loan.vitals().behind(cause).orElseGet(() -> FailureCause.of(cause)));
        lease.fail(new RedactedFailure(cause));
    }

    /** The loan: runs, and closes whatever happens. */
    <T, X extends Exception> T lend(SessionFunction<T, X> function) throws X {
        boolean interrupted = false;
        try {
            T result = loan.run(function, this);
            completed();
            return result;
        } catch (Throwable failure) {
            Optional<RuntimeException> behind = loan.behind(failure);
            interrupted = Losses.isInterrupt(failure) && !loan.presence().wasInterrupted();
            failed(behind.<Throwable>map(b -> b).orElse(failure));
            if (behind.isPresent()) {
                throw behind.get();
            }
            throw failure;
        } finally {
            close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void enter(String door) {
        confinement.check(door);
        lease.requireValid();
        loan.vitals().dead().ifPresent(what -> {
            throw new BrowserDiedException(facts, what, loan.vitals().reason(what));
        });
    }

    @Override
    public String toString() {
        return "BrowserSession[" + facts.requestId()
                + facts.profileId().map(id -> ", profile " + id).orElse("") + "]";
    }
}
