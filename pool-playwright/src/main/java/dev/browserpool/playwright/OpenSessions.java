package dev.browserpool.playwright;

import dev.browserpool.playwright.host.Threads;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of this JVM that are open, and those that open: what has to be seen to when it ends. */
final class OpenSessions {
    private static final Logger LOG = LoggerFactory.getLogger(OpenSessions.class);
    private static final Map<SessionEnd, WeakReference<BrowserSession>> OPEN = new ConcurrentHashMap<>();
    private static final Set<Attempt> OPENING = ConcurrentHashMap.newKeySet();
    private static final AtomicBoolean HOOKED = new AtomicBoolean();
    private static final AtomicReference<@Nullable JvmEnd> JVM_END = new AtomicReference<>();

    private OpenSessions() {}

    /** A session that opens. It is open, or is made to fail, but not both. */
    static final class Attempt {
        private enum Fate {
            UNDECIDED,
            OPEN,
            FAILS
        }

        private final Duration shutdownGrace;
        private final AtomicReference<Fate> fate = new AtomicReference<>(Fate.UNDECIDED);
        private volatile Runnable failing = () -> {};

        /** With how long it may go on when the JVM ends. */
        Attempt(Duration shutdownGrace) {
            this.shutdownGrace = shutdownGrace;
        }

        Duration shutdownGrace() {
            return shutdownGrace;
        }

        /** What makes it fail, from now on; may be called again and again. */
        void failsBy(Runnable how) {
            failing = how;
            if (hasToFail()) {
                how.run();
            }
        }

        void end() {
            if (fate.compareAndSet(Fate.UNDECIDED, Fate.FAILS) || hasToFail()) {
                failing.run();
            }
        }

        boolean hasToFail() {
            return fate.get() == Fate.FAILS;
        }

        /** Returns false if it was made to fail before. */
        boolean opens() {
            return fate.compareAndSet(Fate.UNDECIDED, Fate.OPEN);
        }
    }

    /** One begins, and has to fail if this JVM ends and its grace is over. */
    static void begins(Attempt attempt) {
        if (HOOKED.compareAndSet(false, true)) {
            hook();
        }
        OPENING.add(attempt);
        JvmEnd end = JVM_END.get();
        if (end != null) {
            if (end.isOver(attempt.shutdownGrace())) {
                attempt.end();
            }
            end.watchElsewhere(OPEN, OPENING); // the hook may have seen that all are over
        }
    }

    /** It is open by now, or has failed and left nothing. */
    static void isOver(Attempt attempt) {
        OPENING.remove(attempt);
    }

    static void add(SessionEnd end, BrowserSession session) {
        OPEN.put(end, new WeakReference<>(session));
    }

    static void remove(SessionEnd end) {
        OPEN.remove(end);
    }

    private static void hook() {
        try {
            Runtime.getRuntime().addShutdownHook(Threads.daemon("exit", () -> ends().watch(OPEN, OPENING)));
        } catch (IllegalStateException endsAlready) {
            JvmEnd unused = ends();
            LOG.debug("the first session of this JVM opens while it ends", endsAlready);
        }
    }

    private static JvmEnd ends() {
        JVM_END.compareAndSet(null, new JvmEnd());
        return Objects.requireNonNull(JVM_END.get());
    }
}
