package dev.browserpool.playwright;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import dev.browserpool.LogContext;
import dev.browserpool.playwright.host.Threads;
import dev.browserpool.playwright.host.Watchdog;
import dev.browserpool.spi.SessionLease;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session's orderly closing, on its holder's thread. Nothing that fails or hangs keeps the next step from being taken. */
final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final SessionLease lease;
    private final SessionFacts facts;
    private final SessionEnd end;
    private final SessionSettings settings;
    private final Story story;
    private final Opened opened;
    private final BrowserContext context;
    private final Runnable hook;
    private boolean interrupted;

    Closing(
            SessionLease lease,
            SessionFacts facts,
            Story story,
            SessionEnd end,
            SessionSettings settings,
            Opened opened,
            Runnable hook) {
        this.lease = lease;
        this.facts = facts;
        this.end = end;
        this.settings = settings;
        this.story = story;
        this.opened = opened;
        this.context = opened.context();
        this.hook = hook;
    }

    void run() {
        // With the flag set, each call to Playwright would fail. Whoever waits for the interrupt gets it afterwards.
        if (end.isBegunHere()) {
            return;
        }
        interrupted = Thread.interrupted();
        try (LogContext context = LogContext.enter(settings.pool().config().name(), facts.request())) {
            if (end.begin()) {
                closeInOrder();
            } else {
                end.awaitDone();
            }
            end.endThreads();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeInOrder() {
        try (Watchdog.Watch backstop = backstop()) {
            Kept kept = new Kept.Nothing();
            try {
                lease.releasing();
                hook();
                saveEvidence();
            } finally {
                try {
                    kept = closeBrowser();
                } finally {
                    end.finish(this::lease, kept);
                }
            }
        }
    }

    /** One that does not come back, although it was interrupted, does not keep the session from ending. */
    private void hook() {
        if (settings.hooks().all().isEmpty()) {
            return;
        }
        // Without its driver the browser saves its state and exits; nobody else would tell it to.
        Runnable giveUp = () -> {
            end.killDriver();
            finishElsewhere();
        };
        try (Watchdog.Watch watch = settings.watchdog().after(settings.hooks().patience(), giveUp)) {
            hook.run();
        }
    }

    /** For when this thread hangs where killing the driver does not help: on a disk, or in a handler of the user's. */
    private Watchdog.Watch backstop() {
        return settings.watchdog()
                .after(end.left(settings.budgets().total().plus(settings.hooks().patience())), this::finishElsewhere);
    }

    private void finishElsewhere() {
        Threads.daemon("stop", facts.requestId(), () -> end.finish(this::lease)).start();
    }

    /** By a thread that may not touch Playwright. */
    void byForce(String closer, String owner) {
        if (end.isBegunHere()) {
            return;
        }
        interrupted = Thread.interrupted();
        try {
            stop(closer, owner);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void stop(String closer, String owner) {
        if (end.begin()) {
            LOG.warn(
                    "{}: closed by thread '{}' while it belongs to thread '{}': its browser is stopped. Let the owner"
                            + " close it, or call handOver() first",
                    facts.requestId(),
                    closer,
                    owner);
            lease.releasing();
            end.stop("closed by thread '" + closer + "', which does not own it", this::lease);
        } else {
            end.awaitDone();
        }
    }

    private void saveEvidence() {
        Duration budget = end.left(settings.budgets().evidence());
        try (Watchdog.Watch watch = watch("saving evidence", budget)) {
            end.saveEvidence(
                    this::lease,
                    budget,
                    run -> PageEvidence.collect(
                            run, context, settings, budget.multipliedBy(3).dividedBy(4)));
        } finally {
            interrupted |= Thread.interrupted();
        }
    }

    private Optional<SessionLease> lease() {
        return Optional.of(lease);
    }

    private Kept closeBrowser() {
        try (Watchdog.Watch watch =
                watch("closing the browser", settings.budgets().close())) {
            discardTrace();
            Optional<Browser> browser = Optional.ofNullable(context.browser());
            boolean sound = attempt("closing its context", context::close) && isSound();
            if (sound && opened.shared().filter(WarmBrowser::isReusable).isPresent()) {
                return new Kept.OfBrowser(opened.shared().get());
            }
            boolean closed = browser.isEmpty() || attempt("closing its browser", browser.get()::close);
            if (sound && closed && isDriverReusable()) {
                return new Kept.OfDriver(opened.driver(), settings);
            }
            attempt("closing its driver", opened.driver().playwright()::close);
            return new Kept.Nothing();
        }
    }

    /** One that was not saved: without this, Playwright leaves a directory for it when the browser has no profile. */
    private void discardTrace() {
        if (settings.evidence().records(EvidencePart.TRACE)) {
            attempt("discarding its trace", () -> context.tracing().stop());
        }
    }

    /** A crash may have left more behind than shows. */
    private boolean isSound() {
        return !end.isLost()
                && story.cause().filter(FailureCause::isOfProcesses).isEmpty();
    }

    private boolean isDriverReusable() {
        return !settings.isClosed() && !opened.driver().usage().isOver(settings.reuse());
    }

    /** Killing the driver makes whatever hangs in it fail, and the browser close itself. */
    private Watchdog.Watch watch(String what, Duration budget) {
        return settings.watchdog().after(budget, () -> {
            LOG.warn("{}: {} took longer than {}, its driver is killed", facts.requestId(), what, budget);
            end.killDriver();
        });
    }

    private boolean attempt(String what, Runnable action) {
        try {
            action.run();
            return true;
        } catch (RuntimeException | LinkageError e) {
            interrupted |= Losses.isInterrupt(e);
            LOG.debug("{}: {} failed", facts.requestId(), what, e);
            return false;
        }
    }
}
