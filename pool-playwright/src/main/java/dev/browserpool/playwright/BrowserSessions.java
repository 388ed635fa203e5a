package dev.browserpool.playwright;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserPoolException;
import dev.browserpool.LeaseLostException;
import dev.browserpool.LogContext;
import dev.browserpool.ProfileElsewhereException;
import dev.browserpool.ProfileQuarantinedException;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Opens browsers under the leases of a pool: a browser starts only after its slot and its profile are granted, and they are
 * given back only when its processes are gone. For as many threads as like.
 *
 * <p>A request that claims a profile gets a browser on that profile's directory, one that does not gets a browser with a fresh
 * context. For a shared claim it is a private copy of that directory, thrown away at the end.
 *
 * <p>With a {@link ReusePolicy} it keeps browsers for the next session: close it. Without one it holds nothing that has to be closed;
 * {@link #close()} is there for those who want to be sure that nobody opens a session any more.
 */
public final class BrowserSessions implements AutoCloseable {
    private final SessionSettings settings;
    private final SessionOptions defaults;

    BrowserSessions(SessionSettings settings, SessionOptions defaults) {
        this.settings = settings;
        this.defaults = defaults;
    }

    /** A builder with the defaults: Chromium, ephemeral sessions, no evidence. */
    public static BrowserSessionsBuilder builder(BrowserPool pool) {
        return new BrowserSessionsBuilder(pool);
    }

    /** The browser that is launched; empty if Playwright looks for it. */
    public Optional<Path> executable() {
        return settings.executable();
    }

    /**
     * Snapshots of its profiles, taken and restored.
     *
     * @throws IllegalStateException if no directory for profiles is set
     */
    public ProfileSnapshots snapshots() {
        ProfileOptions profiles = settings.profiles()
                .orElseThrow(() ->
                        new IllegalStateException("there are no profiles: say builder(pool).profiles(directory)"));
        return new ProfileSnapshots(settings.pool(), profiles);
    }

    /**
     * The loan: opens a browser, runs, and closes it whatever happens. A function that returns completes the session, one that
     * throws fails it, and evidence is saved before the profile is given up.
     *
     * @return what the function returns
     * @throws X what the function throws
     * @throws LeaseLostException if the lease was taken back: the function's thread is interrupted, so that it also leaves what has
     *     nothing to do with the browser, and what it throws then is the cause. The interrupt is cleared on the way out. A
     *     function that returns all the same is not told: the request ends as EXPIRED or REVOKED; see {@link
     *     SlotLease#requireValid()}
     * @throws BrowserDiedException in place of the error that Playwright reports when the browser, its driver or the page died;
     *     that error is its cause
     * @throws InterruptedException if the calling thread is interrupted while it waits for the slot or the browser. Inside
     *     the function Playwright reports an interrupt by an exception of its own; the flag is set again then
     * @throws BrowserPoolException as {@link #open(SlotRequest)}
     */
    public <T, X extends Exception> T call(SlotRequest request, SessionFunction<T, X> function)
            throws X, InterruptedException {
        return call(request, options -> {}, function);
    }

    /**
     * As {@link #call(SlotRequest, SessionFunction)}, with options for this session.
     *
     * @param change sets options over the default ones; called before anything is waited for
     */
    public <T, X extends Exception> T call(
            SlotRequest request, Consumer<SessionOptions.Builder> change, SessionFunction<T, X> function)
            throws X, InterruptedException {
        try (LogContext context = logContext(request)) {
            return open(request, change).lend(function);
        }
    }

    /**
     * Waits for slot and profile, then opens a browser. The calling thread owns the session.
     *
     * @return the session; close it
     * @throws InterruptedException if the calling thread is interrupted; nothing that was started is left then
     * @throws BrowserPoolException as {@link BrowserPool#acquire}; its timeout counts for the whole waiting, also if somebody
     *     whom the pool does not know is found on the profile's directory
     * @throws BrowserSessionException if the browser can't be opened; slot and profile are given back
     * @throws ProfileElsewhereException if the directory is missing or not the newest state of the profile
     * @throws ProfileQuarantinedException if the profile's last end was not clean and the inspector objects
     * @throws LeaseLostException if the lease is taken back while the browser opens
     * @throws IllegalArgumentException if the request can't have a browser of its own: it claims a profile and no directory
     *     for profiles is set, it runs under another request, or it names a proxy of which nothing says what it is; or the
     *     pool's leases are not those of this library
     * @throws IllegalStateException if this was closed, before or while it waited for its slot
     */
    public BrowserSession open(SlotRequest request) throws InterruptedException {
        return open(request, options -> {});
    }

    /**
     * As {@link #open(SlotRequest)}, with options for this session.
     *
     * @param change sets options over the default ones; called before anything is waited for
     */
    public BrowserSession open(SlotRequest request, Consumer<SessionOptions.Builder> change)
            throws InterruptedException {
        settings.requireOpen(request);
        SessionOptions.Builder options = defaults.toBuilder();
        change.accept(options);
        SessionOptions built = options.build();
        Impossible.refuse(request, built, settings);
        try (LogContext context = logContext(request)) {
            return new Opener(settings, request, built).open();
        }
    }

    private LogContext logContext(SlotRequest request) {
        return LogContext.enter(settings.pool().config().name(), request);
    }

    /**
     * Refuses new sessions, those as well that wait for their slot and would get it later, and closes browsers and drivers that are
     * kept for the next one. Sessions that are open go on, and are closed by whoever has them; nothing of theirs is kept then. Takes
     * a moment if something is kept, and keeps an interrupt; a second call does nothing.
     */
    @Override
    public void close() {
        if (settings.closed().compareAndSet(false, true) && settings.reuse().keepsAnything()) {
            WarmBrowsers.of(settings.pool()).closed(settings);
        }
    }
}
