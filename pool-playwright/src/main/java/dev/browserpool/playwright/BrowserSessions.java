package dev.browserpool.playwright;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserPoolException;
import dev.browserpool.LeaseLostException;
import dev.browserpool.ProfileElsewhereException;
import dev.browserpool.ProfileQuarantinedException;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Opens browsers under the leases of a pool: a browser starts only after its slot and its profile are granted, and they are
 * given back only when its processes are gone. For as many threads as like.
 *
 * <p>A request that claims a profile gets a browser on that profile's directory, one that does not gets a browser with a fresh
 * context. A shared claim is guarded as an exclusive one: two browsers can't have one directory.
 *
 * <p>It holds nothing that has to be closed; {@link #close()} is there for those who want to be sure that nobody opens a
 * session any more.
 */
public final class BrowserSessions implements AutoCloseable {
    private final SessionSettings settings;
    private final SessionOptions defaults;
    private volatile boolean closed;

    private BrowserSessions(SessionSettings settings, SessionOptions defaults) {
        this.settings = settings;
        this.defaults = defaults;
    }

    /** A builder with the defaults: Chromium, ephemeral sessions, no evidence. */
    public static Builder builder(BrowserPool pool) {
        return new Builder(pool);
    }

    /** The browser that is launched; empty if Playwright looks for it. */
    public Optional<Path> executable() {
        return settings.executable();
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
        return open(request).lend(function);
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
     * @throws IllegalStateException if this was closed
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
        if (closed) {
            throw new IllegalStateException("no session for request " + request.requestId()
                    + ": these BrowserSessions were closed; build new ones");
        }
        SessionOptions.Builder options = defaults.toBuilder();
        change.accept(options);
        SessionOptions built = options.build();
        Impossible.refuse(request, built, settings);
        return new Opener(settings, request, built).open();
    }

    /** Refuses new sessions. Those that are open go on, and are closed by whoever has them. A second call does nothing. */
    @Override
    public void close() {
        closed = true;
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private static final Duration LONGEST_LAUNCH = Duration.ofHours(1);

        private final BrowserPool pool;
        private BrowserKind kind = BrowserKind.CHROMIUM;
        private @Nullable Path executable;
        private @Nullable Path profiles;
        private ProfileInspector inspector = ProfileInspector.standard();
        private @Nullable ProxyResolver proxies;
        private @Nullable EvidenceStore evidence;
        private Set<EvidencePart> parts = EvidencePart.standard();
        private UnaryOperator<String> redactor = text -> text;
        private EvidencePolicy policy = EvidencePolicy.UNLESS_COMPLETED;
        private Duration evidenceBudget = Duration.ofSeconds(6);
        private Duration closeBudget = Duration.ofSeconds(5);
        private Duration exitBudget = Duration.ofSeconds(5);
        private Duration launchTimeout = Duration.ofSeconds(30);
        private Duration lookAgainIn = Duration.ofSeconds(2);
        private Consumer<SessionReport> onClosed = report -> {};
        private final SessionOptions.Builder defaults = SessionOptions.builder();

        private Builder(BrowserPool pool) {
            this.pool = pool;
        }

        /** Which browser; Chromium by default. */
        public Builder browser(BrowserKind value) {
            this.kind = value;
            return this;
        }

        /** The browser's program; by default it is looked for. */
        public Builder executable(Path file) {
            this.executable = file;
            return this;
        }

        /** Where profiles live, each in a directory of its id. Made if it is missing, readable by its owner only. */
        public Builder profiles(Path directory) {
            this.profiles = directory;
            return this;
        }

        /** Who looks at a profile whose last end was not clean, before it is used again; by default {@link ProfileInspector#standard()}. */
        public Builder inspector(ProfileInspector value) {
            this.inspector = value;
            return this;
        }

        /**
         * Says what stands behind the names of proxies. A browser whose profile's rule or whose request names one goes through it,
         * or is not started.
         */
        public Builder proxies(ProxyResolver value) {
            this.proxies = value;
            return this;
        }

        /** Where evidence is saved, as by {@link FileEvidenceStore#in}. */
        public Builder evidence(Path directory) {
            return evidence(FileEvidenceStore.in(directory));
        }

        /** Where evidence is saved. */
        public Builder evidence(EvidenceStore store) {
            this.evidence = store;
            return this;
        }

        /** What is saved of a page; by default all but its document, trace and video. */
        public Builder evidenceOf(Set<EvidencePart> value) {
            this.parts = Set.copyOf(value);
            return this;
        }

        /**
         * What each text of the evidence goes through, after the values in its URLs were taken out. For several threads at once; if it
         * throws, the text is left out. Pictures, traces and videos don't go through it.
         */
        public Builder redactor(UnaryOperator<String> value) {
            this.redactor = value;
            return this;
        }

        /** Of which sessions evidence is saved; by default of all that were not completed. Means nothing without a place for it. */
        public Builder evidencePolicy(EvidencePolicy value) {
            this.policy = value;
            return this;
        }

        /** How long saving evidence may take; by default 6 s. */
        public Builder evidenceBudget(Duration value) {
            this.evidenceBudget = positive("evidenceBudget", value);
            return this;
        }

        /** How long the browser may take to close when it is asked to; by default 5 s. */
        public Builder closeBudget(Duration value) {
            this.closeBudget = positive("closeBudget", value);
            return this;
        }

        /** How long its processes may take to end after that, before they are killed; by default 5 s. */
        public Builder exitBudget(Duration value) {
            this.exitBudget = positive("exitBudget", value);
            return this;
        }

        /** How long Playwright may try to launch, an hour at most; by default 30 s. An opening may take 20 s more, for the driver. */
        public Builder launchTimeout(Duration value) {
            this.launchTimeout = positive("launchTimeout", value);
            if (value.compareTo(LONGEST_LAUNCH) > 0) {
                throw new IllegalArgumentException(
                        "launchTimeout is " + value + ", it must be at most " + LONGEST_LAUNCH);
            }
            return this;
        }

        /** For tests. */
        Builder lookAgainIn(Duration value) {
            this.lookAgainIn = value;
            return this;
        }

        /** Options for every session. */
        public Builder defaults(Consumer<SessionOptions.Builder> change) {
            change.accept(defaults);
            return this;
        }

        /**
         * Hears of each session that ended, after its slot was given back, on the thread that closed it or on one that stopped
         * it. What it throws is logged. The last one set counts.
         */
        public Builder onClosed(Consumer<SessionReport> listener) {
            this.onClosed = listener;
            return this;
        }

        /**
         * The sessions. Looks for the browser now, so that nobody waits for a slot that he can't use.
         *
         * @throws BrowserNotFoundException if there is none
         * @throws IllegalArgumentException if the budgets do not fit in the pool's {@link
         *     dev.browserpool.PoolConfig#stopGrace()}
         */
        public BrowserSessions build() {
            Budgets budgets = new Budgets(evidenceBudget, closeBudget, exitBudget)
                    .mustFitIn(pool.config().stopGrace());
            Optional<Path> program = Optional.ofNullable(executable);
            if (kind == BrowserKind.CHROMIUM) {
                program = Optional.of(BrowserFinder.ofThisMachine().find(program));
            }
            SessionSettings settings = new SessionSettings(
                    pool,
                    kind,
                    program,
                    Optional.ofNullable(profiles),
                    inspector,
                    Optional.ofNullable(proxies),
                    new Evidence(Optional.ofNullable(evidence), policy, parts, redactor),
                    budgets,
                    launchTimeout,
                    lookAgainIn,
                    onClosed,
                    new Watchdog());
            return new BrowserSessions(settings, defaults.build());
        }

        private static Duration positive(String field, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(field + " is " + value + ", it must be more than zero");
            }
            return value;
        }
    }
}
