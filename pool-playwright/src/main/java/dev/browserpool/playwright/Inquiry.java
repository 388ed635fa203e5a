package dev.browserpool.playwright;

import dev.browserpool.playwright.host.Deadline;
import dev.browserpool.playwright.host.Watchdog;
import java.io.IOException;
import java.time.Duration;

/**
 * Questions to a browser, each with a clock of our own: Playwright's are in its driver, which may be what hangs. On the session's
 * thread.
 */
final class Inquiry {
    /** For whoever is interrupted again and again. */
    private static final int TRIES = 3;

    private final EvidenceRun run;
    private final Watchdog watchdog;
    private final Duration share;
    private final Deadline deadline;
    private boolean answers = true;
    private boolean cutOff;
    private boolean interrupted;

    Inquiry(EvidenceRun run, Watchdog watchdog, Duration budget) {
        this.run = run;
        this.watchdog = watchdog;
        this.share = budget.dividedBy(4);
        this.deadline = Deadline.in(budget);
    }

    /** How long one question may take. */
    Duration share() {
        return deadline.left().compareTo(share) < 0 ? deadline.left() : share;
    }

    /** One that the driver answers by itself: if that hangs, nothing more is asked. */
    boolean askDriver(String name, EvidenceRun.Work question) {
        boolean answered = ask(name, question);
        answers = answers && !cutOff;
        return answered;
    }

    /** Returns whether there was an answer. */
    boolean ask(String name, EvidenceRun.Work question) {
        if (!answers) {
            run.skip(name, "the driver does not answer");
            return false;
        }
        if (deadline.isOver()) {
            run.skip(name, "no time was left");
            return false;
        }
        return run.step(name, () -> inTime(question));
    }

    /** Whether somebody else has interrupted this thread; the flag is cleared, or it could ask nothing more. */
    boolean wasInterrupted() {
        return interrupted;
    }

    /** An interrupt ends a wait for the driver's answer and leaves both as they were; after one of somebody else's it is asked again. */
    private void inTime(EvidenceRun.Work question) throws IOException {
        for (int tries = 1; ; tries++) {
            interrupted |= Thread.interrupted();
            Duration atMost = share();
            Presence here = new Presence();
            here.enter();
            try (Watchdog.Watch watch = watchdog.after(atMost, here::interrupt)) {
                question.run();
                return;
            } catch (IOException | RuntimeException e) {
                if (here.wasInterrupted()) {
                    cutOff = true;
                    throw new IOException("no answer within " + atMost, e);
                }
                boolean byOthers = Losses.isInterrupt(e);
                interrupted |= byOthers;
                if (!byOthers || tries == TRIES) {
                    throw e;
                }
            } finally {
                here.leave();
            }
        }
    }
}
