package dev.browserpool.playwright;

import dev.browserpool.playwright.host.Deadline;
import dev.browserpool.playwright.host.Threads;
import dev.browserpool.playwright.redaction.Redactor;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time between the proven exit of a session's browser and the release of its profile: hooks, then what the profile needs. On a thread
 * of its own, since a store or a hook may hang; the guard of the directory stays until that thread is done, however long nobody waits
 * for it any more.
 */
final class Rest {
    private static final Logger LOG = LoggerFactory.getLogger(Rest.class);

    private static final Duration LONGEST = Duration.ofDays(1);

    private final String requestId;
    private volatile Optional<ProfileRest> profile = Optional.empty();
    private volatile Optional<HookChain> hooks = Optional.empty();
    private volatile Supplier<Run> run = () -> new Run(true, false);
    private volatile @Nullable Thread thread;
    private volatile @Nullable Result result;

    Rest(String requestId) {
        this.requestId = requestId;
    }

    /**
     * How the session ended, as far as its profile is concerned.
     *
     * @param failed whether what it did may be undone
     * @param browserDied whether its browser died, which the headless shell leaves no trace of
     */
    record Run(boolean failed, boolean browserDied) {}

    /**
     * What came of it.
     *
     * @param hookFailure what a hook failed with
     * @param problem why the profile is not in order, for people
     */
    record Result(Optional<HookFailure> hookFailure, Optional<String> problem) {
        static final Result NOTHING = new Result(Optional.empty(), Optional.empty());
    }

    String requestId() {
        return requestId;
    }

    void of(ProfileRest value) {
        profile = Optional.of(value);
    }

    void with(HookChain value) {
        hooks = Optional.of(value);
    }

    /** Without this, the session was never opened. */
    void endsAs(Supplier<Run> value) {
        run = value;
    }

    /** Begins, and returns; the release hears whether the directory is clean, and comes in any case. */
    void begin(boolean clean, Consumer<Boolean> release) {
        if (profile.isEmpty() && hooks.isEmpty()) {
            release.accept(clean && !run.get().browserDied());
            return;
        }
        Thread worker = Threads.daemon("rest", requestId, () -> work(clean, release));
        thread = worker;
        try {
            worker.start();
        } catch (OutOfMemoryError noThread) {
            work(clean, release); // or the profile would stay locked until this JVM ends
        }
    }

    private void work(boolean clean, Consumer<Boolean> release) {
        Run end = run.get();
        boolean sound = clean && !end.browserDied();
        Optional<HookFailure> hookFailure = Optional.empty();
        Optional<String> problem = Optional.empty();
        try {
            hookFailure = hooks.flatMap(HookChain::afterClose);
            if (profile.isPresent()) {
                sound = profile.get().settle(sound, end.failed() || hookFailure.isPresent());
            }
        } catch (Exception | LinkageError e) {
            LOG.warn("{}: its profile could not be undone or stored", requestId, e);
            problem = Optional.of("its profile could not be undone or stored: " + Redactor.text(e.toString()));
        } finally {
            boolean told = Thread.interrupted(); // with the flag set, the record could not be written
            LOG.debug("{}: at rest{}", requestId, told ? ", late" : "");
            try {
                release.accept(sound && profile.filter(ProfileRest::isOwed).isEmpty());
            } finally {
                result = new Result(hookFailure, problem); // last: whoever waits gives the profile to the next one
            }
        }
    }

    /** Waits, whatever interrupts, until it is done or that comes true; then tells the thread to stop. */
    Result await(BooleanSupplier overdue) {
        Thread worker = thread;
        if (worker == null) {
            return Result.NOTHING;
        }
        Deadline.in(LONGEST).await(() -> result != null || overdue.getAsBoolean());
        Result done = result;
        if (done == null) {
            worker.interrupt();
            return new Result(
                    Optional.empty(),
                    Optional.of("a hook, or undoing or storing its profile, was not done when there was no time left"));
        }
        return done;
    }
}
