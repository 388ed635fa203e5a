package dev.browserpool.playwright;

import dev.browserpool.playwright.host.Watchdog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hooks of one session: at each door all of them, each by its clock. */
final class HookChain {
    private static final Logger LOG = LoggerFactory.getLogger(HookChain.class);

    private final Hooks hooks;
    private final Watchdog watchdog;
    private final HookContext context;
    /** How many of them have to hear of the end. */
    private final AtomicInteger begun = new AtomicInteger();

    /**
     * The user's.
     *
     * @param all in the order in which they were set
     * @param budget how long each call may take
     */
    record Hooks(List<SessionHooks> all, Duration budget) {
        private static final Duration COMING_BACK = Duration.ofSeconds(1);

        /** How long one door may take, with a moment for those that were interrupted. */
        Duration patience() {
            return budget.plus(COMING_BACK).multipliedBy(all.size());
        }
    }

    @FunctionalInterface
    private interface Call {
        void run() throws Exception;
    }

    HookChain(Hooks hooks, Watchdog watchdog, HookContext context) {
        this.hooks = hooks;
        this.watchdog = watchdog;
        this.context = context;
    }

    void beforeLaunch() throws HookFailure {
        for (SessionHooks hook : hooks.all()) {
            timed(hook, "beforeLaunch", new Presence(), () -> hook.beforeLaunch(context));
            begun.incrementAndGet();
        }
    }

    /** The presence is the session's: the loss of its lease interrupts, too. */
    void afterLaunch(BrowserSession session, Presence presence) throws HookFailure {
        for (SessionHooks hook : hooks.all()) {
            timed(hook, "afterLaunch", presence, () -> hook.afterLaunch(context, session));
        }
    }

    /** All of them, whatever fails. Returns the first failure. */
    Optional<HookFailure> beforeClose(BrowserSession session, Presence presence) {
        return backwards("beforeClose", presence, hook -> hook.beforeClose(context, session));
    }

    /** The same. */
    Optional<HookFailure> afterClose() {
        return backwards("afterClose", new Presence(), hook -> hook.afterClose(context));
    }

    @FunctionalInterface
    private interface Door {
        void enter(SessionHooks hook) throws Exception;
    }

    private Optional<HookFailure> backwards(String name, Presence presence, Door door) {
        Optional<HookFailure> first = Optional.empty();
        for (int i = begun.get() - 1; i >= 0; i--) {
            SessionHooks hook = hooks.all().get(i);
            try {
                timed(hook, name, presence, () -> door.enter(hook));
            } catch (HookFailure failure) {
                LOG.warn("{}: {}", context.request().requestId(), failure.getMessage(), failure.getCause());
                first = first.isPresent() ? first : Optional.of(failure);
            }
        }
        return first;
    }

    private void timed(SessionHooks hook, String door, Presence presence, Call call) throws HookFailure {
        String what = "its hook " + hook.getClass().getName() + "." + door;
        presence.enter();
        try (Watchdog.Watch watch = watchdog.after(hooks.budget(), presence::interrupt)) {
            call.run();
        } catch (Throwable failure) {
            String why = presence.wasInterrupted()
                    ? " was interrupted, since it took longer than " + hooks.budget() + " or the lease was lost"
                    : " failed: " + failure;
            throw new HookFailure(what + why, failure);
        } finally {
            presence.leave();
        }
        if (presence.wasInterrupted()) {
            String late = what + " took longer than " + hooks.budget() + ", or the lease was lost meanwhile";
            throw new HookFailure(late, new TimeoutException(late));
        }
    }

    boolean isEmpty() {
        return hooks.all().isEmpty();
    }
}
