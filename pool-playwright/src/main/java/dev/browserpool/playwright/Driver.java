package dev.browserpool.playwright;

import com.microsoft.playwright.Playwright;
import dev.browserpool.playwright.host.CommandLine;
import dev.browserpool.playwright.host.Deadline;
import dev.browserpool.playwright.host.Processes;
import dev.browserpool.playwright.host.Watchdog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Playwright and the node process behind it.
 *
 * @param playwright to be used by one thread at a time
 * @param process what to kill when Playwright no longer answers
 * @param threads what to end when the process is dead
 * @param usage how many sessions it has served
 */
record Driver(Playwright playwright, ProcessHandle process, DriverThreads threads, Usage usage) {
    private static final Duration START_BUDGET = Duration.ofSeconds(15);
    private static final Duration COMMAND_LINE = Duration.ofSeconds(2);
    private static final Duration EXIT = Duration.ofSeconds(1);
    /** Held while a driver starts: with two starting at once nobody could tell which new process is whose. */
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock(true);

    /**
     * Starts one. To be called on a daemon thread: Playwright's own threads inherit that, and would keep the JVM alive.
     *
     * @param stillWanted asked when it is its turn; throws if not
     * @throws InterruptedException if interrupted while another one starts
     */
    static Driver start(Watchdog watchdog, Runnable stillWanted) throws InterruptedException {
        ONE_AT_A_TIME.lockInterruptibly();
        try {
            stillWanted.run();
            return startAlone(watchdog);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private static Driver startAlone(Watchdog watchdog) throws InterruptedException {
        Set<ProcessHandle> before = drivers().collect(Collectors.toSet());
        DriverThreads threadsBefore = DriverThreads.now();
        Playwright playwright = null;
        AtomicBoolean isLate = new AtomicBoolean();
        try (Watchdog.Watch watch = watchdog.after(START_BUDGET, () -> giveUp(before, isLate))) {
            DriverCache.use();
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while a driver was unpacked");
            }
            playwright = Playwright.create(options());
            return new Driver(playwright, theNewOne(before), DriverThreads.now().without(threadsBefore), new Usage());
        } catch (RuntimeException | Error e) {
            if (playwright != null) {
                playwright.close(); // somebody else's started as well: this ends ours and only ours
            } else {
                killNew(before);
                DriverThreads.now().without(threadsBefore).end();
            }
            if (isLate.get()) {
                throw new IllegalStateException(
                        "Playwright's driver did not start within " + START_BUDGET
                                + "; look at the load of this machine",
                        e);
            }
            throw e;
        }
    }

    /** Closes one that nobody uses. */
    void end(Watchdog watchdog) {
        boolean closed = SoundCheck.passes(watchdog, SoundCheck.PROMPTLY, process::destroyForcibly, playwright::close);
        if (!closed || !Deadline.in(EXIT).await(() -> !Processes.isAlive(process))) {
            process.destroyForcibly();
            Deadline.in(EXIT).await(() -> !Processes.isAlive(process));
        }
        threads.end();
    }

    /** Counts only for the first driver of a JVM, so that it holds nothing of a session. No download behind anybody's back. */
    private static Playwright.CreateOptions options() {
        return new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
    }

    private static ProcessHandle theNewOne(Set<ProcessHandle> before) {
        List<ProcessHandle> candidates =
                drivers().filter(p -> !before.contains(p)).toList();
        if (candidates.size() != 1) {
            throw new IllegalStateException("expected one new driver process, found " + candidates
                    + "; something else in this JVM started Playwright at the same time");
        }
        return candidates.get(0);
    }

    private static void giveUp(Set<ProcessHandle> before, AtomicBoolean isLate) {
        isLate.set(true);
        killNew(before);
    }

    private static void killNew(Set<ProcessHandle> before) {
        List<ProcessHandle> candidates =
                drivers().filter(p -> !before.contains(p)).toList();
        if (candidates.size() == 1) {
            candidates.get(0).destroyForcibly(); // of several, one is not ours
        }
    }

    private static Stream<ProcessHandle> drivers() {
        return ProcessHandle.current().children().filter(Driver::isDriver);
    }

    /** A process that was started a moment ago has no command line yet, though whoever started it was told that it runs. */
    private static boolean isDriver(ProcessHandle child) {
        Deadline.in(COMMAND_LINE).await(() -> !CommandLine.of(child).isEmpty() || !Processes.isAlive(child));
        return CommandLine.of(child).arguments().contains("run-driver");
    }
}
