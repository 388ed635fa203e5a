package dev.browserpool.playwright;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The threads by which Playwright talks to a driver. One of them waits for ever if the driver dies first, or if the creation
 * is interrupted.
 *
 * @param threads they know nothing of a session
 */
record DriverThreads(Set<Thread> threads) {
    static final DriverThreads NONE = new DriverThreads(Set.of());

    /** Those of all drivers that were started from threads of the same group as the calling one. */
    static DriverThreads now() {
        Thread[] all = new Thread[Thread.activeCount() + 100];
        int count = Thread.enumerate(all);
        return new DriverThreads(Arrays.stream(all, 0, count)
                .filter(Objects::nonNull)
                .filter(thread -> thread.getClass().getName().startsWith("com.microsoft.playwright."))
                .collect(Collectors.toSet()));
    }

    DriverThreads without(DriverThreads others) {
        Set<Thread> rest = new HashSet<>(threads);
        rest.removeAll(others.threads);
        return new DriverThreads(rest);
    }

    /**
     * For when the driver is dead. The reader ends by itself then; interrupted while it has something to hand over, it would leave
     * whoever waits for that waiting for ever.
     */
    void endWriters() {
        threads.stream()
                .filter(thread -> thread.getClass().getName().endsWith(".WriterThread"))
                .forEach(Thread::interrupt);
    }

    /** For when, besides, nobody waits for an answer of Playwright's any more. */
    void end() {
        threads.forEach(Thread::interrupt);
    }
}
