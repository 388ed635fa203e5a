package dev.browserpool.playwright;

import dev.browserpool.playwright.host.Deadline;
import dev.browserpool.playwright.host.Threads;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What happens to sessions when this JVM ends in any way that lets it. Those that are open are ended as if their leases were taken back,
 * with evidence, and those that only open are made to fail, before the driver finds that its other end is gone and tells the
 * console: both when the grace that they were given is over. What this does not come to is left to their reapers.
 */
final class JvmEnd {
    private static final Duration LONGEST_OF_IDLE = Duration.ofSeconds(10);
    private static final Duration LONGEST_OF_FAILING = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final long since = System.nanoTime();
    private final AtomicBoolean watched = new AtomicBoolean();
    /** Touched by whoever watches. */
    private final Map<SessionEnd, Thread> enders = new ConcurrentHashMap<>();

    private volatile Duration patience = Duration.ZERO;

    /** Whether a grace that began with this is over. */
    boolean isOver(Duration grace) {
        return left(grace).isZero();
    }

    private Duration left(Duration time) {
        Duration left = time.minusNanos(System.nanoTime() - since);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Returns when all are over, or have had all the time that they may take. A session that opens meanwhile is one of them. */
    void watch(Map<SessionEnd, WeakReference<BrowserSession>> open, Set<OpenSessions.Attempt> opening) {
        boolean again = true;
        while (again && watched.compareAndSet(false, true)) {
            try {
                bringAbout(open, opening);
            } finally {
                watched.set(false);
            }
            again = !isOver(patience) && !areOver(open, opening); // who came in the last moment
        }
    }

    /** For one that begins so late that nobody may be watching any more. */
    void watchElsewhere(Map<SessionEnd, WeakReference<BrowserSession>> open, Set<OpenSessions.Attempt> opening) {
        if (!watched.get()) {
            Threads.daemon("exit-late", () -> watch(open, opening)).start();
        }
    }

    private void bringAbout(Map<SessionEnd, WeakReference<BrowserSession>> open, Set<OpenSessions.Attempt> opening) {
        Thread idle = closeIdle();
        Deadline.in(LONGEST).await(() -> {
            opening.forEach(this::endInTime);
            open.forEach((end, session) -> enders.computeIfAbsent(end, e -> ender(e, session)));
            return areOver(open, opening) || isOver(patience);
        });
        Deadline.in(LONGEST_OF_IDLE).await(() -> !idle.isAlive());
        Thread lastIdle = closeIdle(); // what the last sessions left
        Deadline.in(LONGEST_OF_IDLE).await(() -> !lastIdle.isAlive());
    }

    private static Thread closeIdle() {
        Thread closing =
                Threads.daemon("exit-warm", () -> Deadline.in(LONGEST_OF_IDLE).await(WarmBrowsers::jvmEnds));
        closing.start();
        return closing;
    }

    private boolean areOver(Map<SessionEnd, WeakReference<BrowserSession>> open, Set<OpenSessions.Attempt> opening) {
        return opening.isEmpty()
                && enders.keySet().containsAll(open.keySet())
                && enders.values().stream().noneMatch(Thread::isAlive);
    }

    private void endInTime(OpenSessions.Attempt attempt) {
        beforeItIsLeftAlone(attempt.shutdownGrace().plus(LONGEST_OF_FAILING));
        if (isOver(attempt.shutdownGrace())) {
            attempt.end();
        }
    }

    private Thread ender(SessionEnd end, WeakReference<BrowserSession> session) {
        Duration grace = left(end.settings().shutdownGrace());
        beforeItIsLeftAlone(grace.plus(end.settings().longestEnd()).plusNanos(System.nanoTime() - since));
        Thread ender = Threads.daemon("exit-session", () -> end(end, session, grace));
        ender.start();
        return ender;
    }

    /** Counted from the beginning. */
    private void beforeItIsLeftAlone(Duration time) {
        patience = time.compareTo(patience) > 0 ? time : patience;
    }

    private static void end(SessionEnd end, WeakReference<BrowserSession> weak, Duration grace) {
        if (Deadline.in(grace).await(end::isDone)) {
            return;
        }
        BrowserSession session = weak.get();
        if (session == null) {
            end.jvmEnds(Optional::empty);
        } else {
            session.jvmEnds();
        }
    }
}
