package dev.browserpool.playwright;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions that are open in this JVM. When it ends in any way that lets it, they are ended as if their leases were taken back:
 * with evidence, and after a grace if they were given one. Then the drivers of those that only open. What it does not come to is
 * left to their reapers.
 */
final class OpenSessions {
    private static final Logger LOG = LoggerFactory.getLogger(OpenSessions.class);
    private static final Map<SessionEnd, WeakReference<BrowserSession>> OPEN = new ConcurrentHashMap<>();
    private static final Duration LONGEST_OF_IDLE = Duration.ofSeconds(10);
    private static final AtomicBoolean HOOKED = new AtomicBoolean();

    private OpenSessions() {}

    static void add(SessionEnd end, BrowserSession session) {
        OPEN.put(end, new WeakReference<>(session));
    }

    /** One begins to open, which may be what this JVM does when it ends. */
    static void isToCome() {
        if (HOOKED.compareAndSet(false, true)) {
            hook();
        }
    }

    static void remove(SessionEnd end) {
        OPEN.remove(end);
    }

    private static void hook() {
        try {
            Runtime.getRuntime().addShutdownHook(Threads.daemon("exit", OpenSessions::endAll));
        } catch (IllegalStateException endsAlready) {
            LOG.debug("a session was opened while this JVM ends", endsAlready);
        }
    }

    private static void endAll() {
        Thread idle = Threads.daemon("exit-warm", WarmBrowsers::jvmEnds);
        idle.start();
        List<Thread> enders = OPEN.entrySet().stream()
                .map(open -> Threads.daemon("exit-session", () -> end(open.getKey(), open.getValue())))
                .toList();
        enders.forEach(Thread::start);
        Duration longest = OPEN.keySet().stream()
                .map(end -> end.longest().plus(end.shutdownGrace()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        Deadline.in(longest).await(() -> enders.stream().noneMatch(Thread::isAlive));
        Deadline.in(LONGEST_OF_IDLE).await(() -> !idle.isAlive());
        Driver.jvmEnds();
    }

    private static void end(SessionEnd end, WeakReference<BrowserSession> weak) {
        if (Deadline.in(end.shutdownGrace()).await(end::isDone)) {
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
