package dev.browserpool.playwright.junit;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.browserpool.BrowserPoolException;
import dev.browserpool.LeaseLostException;
import dev.browserpool.playwright.BrowserSession;
import dev.browserpool.playwright.ConfinementException;
import dev.browserpool.playwright.redaction.RedactedFailure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * A session in the hands of tests. Between two pieces of their code it belongs to no thread, so that each may run on another one, as with
 * {@code @Timeout(threadMode = SEPARATE_THREAD)}; while one runs, it belongs to that one's thread.
 */
final class TestSession implements AutoCloseable {
    private static final String KEY = "session";
    /** A thread that JUnit has interrupted, and no longer waits for, may come out in this time; then its page still gives evidence. */
    private static final long UNWIND_SECONDS = 1;

    private final BrowserSession session;
    private final ExtensionContext home;
    private final ReentrantLock door = new ReentrantLock();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    private TestSession(BrowserSession session, ExtensionContext home) {
        this.session = session;
        this.home = home;
    }

    /** That of a test, or of the class around it; empty if none was asked for yet. */
    static Optional<TestSession> of(ExtensionContext context) {
        return Optional.ofNullable(store(context).get(KEY, TestSession.class));
    }

    /** From now on that of this context and those inside it. The calling thread has opened it, and must not use it any more. */
    static TestSession keep(BrowserSession session, ExtensionContext home) {
        TestSession kept = new TestSession(session, home);
        store(home).put(KEY, kept);
        kept.passOn();
        return kept;
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(BrowserPoolExtension.NAMESPACE);
    }

    boolean isOf(ExtensionContext context) {
        return home.getUniqueId().equals(context.getUniqueId());
    }

    /** Who has it, for messages. */
    ExtensionContext home() {
        return home;
    }

    /** What a parameter of that type gets. */
    Object give(Class<?> type) throws InterruptedException {
        if (type == BrowserSession.class) {
            return session;
        }
        enter();
        try {
            return type == Page.class ? session.page() : session.context();
        } finally {
            leave();
        }
    }

    /**
     * The session belongs to this thread until it leaves.
     *
     * @throws IllegalStateException if another thread still has it
     * @throws BrowserPoolException if it is dead or its lease is lost
     */
    void enter() throws InterruptedException {
        boolean entered = reachDoor();
        try {
            BrowserContext unused = session.context(); // takes it, or says who has it
            if (!entered) {
                throw inUse(null);
            }
        } catch (ConfinementException e) {
            release(entered);
            throw inUse(e);
        } catch (RuntimeException | Error e) {
            release(entered);
            throw e;
        }
    }

    private void release(boolean entered) {
        if (entered) {
            door.unlock();
        }
    }

    private IllegalStateException inUse(@Nullable ConfinementException cause) {
        return new IllegalStateException(
                session
                        + " is in use by another thread: tests that share a session, as the dynamic ones of a factory"
                        + " do, must run one after the other (@Execution(SAME_THREAD)), and a thread that a test"
                        + " starts must end before the test",
                cause);
    }

    private boolean reachDoor() throws InterruptedException {
        return door.tryLock() || door.tryLock(UNWIND_SECONDS, TimeUnit.SECONDS);
    }

    void leave() {
        if (door.getHoldCount() == 1) {
            passOn();
        }
        door.unlock();
    }

    private void passOn() {
        try {
            session.handOver();
        } catch (BrowserPoolException ended) {
            // Its next user is told: a lease that was lost, a browser that died, a thread that took it in the test.
        }
    }

    /** A test failed that is not all that the session is for. */
    void failed(Throwable cause) {
        if (!(cause instanceof TestAbortedException)) {
            failure.compareAndSet(null, cause);
        }
    }

    /** The test has ended, or all that share this. */
    void end(Optional<Throwable> thrown) {
        thrown.ifPresent(this::failed);
        end(true);
    }

    private void end(boolean hasVerdict) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        interrupted |= awaitUnwound();
        Optional<Throwable> failed = Optional.ofNullable(failure.get());
        try {
            failed.ifPresent(this::tellWhatIsBehind);
            if (failed.isPresent()) {
                fail(failed.get());
            } else if (hasVerdict) {
                complete();
            }
        } finally {
            session.close();
        }
        session.evidence().ifPresent(where -> publish(where, failed));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitUnwound() {
        try {
            boolean unused = reachDoor();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Playwright only says that something was closed. */
    private void tellWhatIsBehind(Throwable failed) {
        try {
            BrowserContext unused = session.context();
        } catch (ConfinementException stillAtWork) {
            // JUnit shows where, with its own TimeoutException.
        } catch (BrowserPoolException behind) {
            if (behind != failed) {
                failed.addSuppressed(behind);
            }
        }
    }

    private void fail(Throwable cause) {
        try {
            session.fail(cause);
        } catch (ConfinementException stillAtWork) {
            session.lease().fail(new RedactedFailure(cause));
        }
    }

    private void complete() {
        try {
            session.complete();
        } catch (ConfinementException | LeaseLostException takenByATestsThreadOrBack) {
            session.lease().complete(); // one that passed all the same is not told, as in a loan
        }
    }

    private void publish(Path evidence, Optional<Throwable> failed) {
        failed.ifPresent(cause -> cause.addSuppressed(SavedEvidence.in(evidence)));
        home.publishReportEntry(SavedEvidence.entry(evidence));
    }

    /**
     * By the store, if neither {@code @AfterEach} nor {@code @AfterAll} came. What a test's constructor fails with, nobody knows; of a
     * class each failure was told.
     */
    @Override
    public void close() {
        end(home.getTestMethod().isEmpty());
    }
}
