package dev.browserpool.playwright;

import dev.browserpool.BrowserPool;
import dev.browserpool.playwright.host.Watchdog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects the settings of {@link BrowserSessions}. Not thread-safe. */
public final class BrowserSessionsBuilder {
    private static final Duration LONGEST_LAUNCH = Duration.ofHours(1);

    private final BrowserPool pool;
    private BrowserKind kind = BrowserKind.CHROMIUM;
    private @Nullable Path executable;
    private @Nullable ProfileOptions profiles;
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
    private ReusePolicy reuse = ReusePolicy.off();
    private Duration lookAgainIn = Duration.ofSeconds(2);
    private Duration hookBudget = Duration.ofSeconds(5);
    private Duration storeBudget = Duration.ofSeconds(30);
    private final List<SessionHooks> hooks = new ArrayList<>();
    private Duration shutdownGrace = Duration.ZERO;
    private Consumer<SessionReport> onClosed = report -> {};
    private final List<SessionListener> listeners = new ArrayList<>();
    private final SessionOptions.Builder defaults = SessionOptions.builder();

    BrowserSessionsBuilder(BrowserPool pool) {
        this.pool = pool;
    }

    /** Which browser; Chromium by default. */
    public BrowserSessionsBuilder browser(BrowserKind value) {
        this.kind = value;
        return this;
    }

    /** The browser's program; by default it is looked for. */
    public BrowserSessionsBuilder executable(Path file) {
        this.executable = file;
        return this;
    }

    /** Where profiles live, each in a directory of its id. Made if it is missing, readable by its owner only. */
    public BrowserSessionsBuilder profiles(Path directory) {
        return profiles(ProfileOptions.in(directory));
    }

    /** Where profiles live, whether they are carried between hosts, and when snapshots of them are taken. */
    public BrowserSessionsBuilder profiles(ProfileOptions value) {
        this.profiles = value;
        return this;
    }

    /** Adds what a program wants to do around each session. */
    public BrowserSessionsBuilder hooks(SessionHooks value) {
        this.hooks.add(value);
        return this;
    }

    /** How long each call of a hook may take; by default 5 s. */
    public BrowserSessionsBuilder hookBudget(Duration value) {
        this.hookBudget = positive("hookBudget", value);
        return this;
    }

    /**
     * How long a profile may be undone or stored after its browser's exit; by default 30 s. If the lease is lost, it is at most what is
     * left of the pool's {@link dev.browserpool.PoolConfig#stopGrace()}. A profile that is not stored in time is given back as {@link
     * dev.browserpool.ProfileStatus#FAILED}, and its newest state stays on this host.
     */
    public BrowserSessionsBuilder storeBudget(Duration value) {
        this.storeBudget = positive("storeBudget", value);
        return this;
    }

    /** Who looks at a profile whose last end was not clean, before it is used again; by default {@link ProfileInspector#standard()}. */
    public BrowserSessionsBuilder inspector(ProfileInspector value) {
        this.inspector = value;
        return this;
    }

    /**
     * Says what stands behind the names of proxies. A browser whose profile's rule or whose request names one goes through it,
     * or is not started.
     */
    public BrowserSessionsBuilder proxies(ProxyResolver value) {
        this.proxies = value;
        return this;
    }

    /** Where evidence is saved, as by {@link FileEvidenceStore#in}. */
    public BrowserSessionsBuilder evidence(Path directory) {
        return evidence(FileEvidenceStore.in(directory));
    }

    /** Where evidence is saved. */
    public BrowserSessionsBuilder evidence(EvidenceStore store) {
        this.evidence = store;
        return this;
    }

    /** What is saved of a page; by default all but its document, trace and video. */
    public BrowserSessionsBuilder evidenceOf(Set<EvidencePart> value) {
        this.parts = Set.copyOf(value);
        return this;
    }

    /**
     * What each text of the evidence goes through, after the values in its URLs were taken out. For several threads at once; if it
     * throws, the text is left out. Pictures, traces and videos don't go through it.
     */
    public BrowserSessionsBuilder redactor(UnaryOperator<String> value) {
        this.redactor = value;
        return this;
    }

    /** Of which sessions evidence is saved; by default of all that were not completed. Means nothing without a place for it. */
    public BrowserSessionsBuilder evidencePolicy(EvidencePolicy value) {
        this.policy = value;
        return this;
    }

    /** How long saving evidence may take; by default 6 s. */
    public BrowserSessionsBuilder evidenceBudget(Duration value) {
        this.evidenceBudget = positive("evidenceBudget", value);
        return this;
    }

    /** How long the browser may take to close when it is asked to; by default 5 s. */
    public BrowserSessionsBuilder closeBudget(Duration value) {
        this.closeBudget = positive("closeBudget", value);
        return this;
    }

    /** How long its processes may take to end after that, before they are killed; by default 5 s. */
    public BrowserSessionsBuilder exitBudget(Duration value) {
        this.exitBudget = positive("exitBudget", value);
        return this;
    }

    /** How long Playwright may try to launch, an hour at most; by default 30 s. An opening may take 20 s more, for the driver. */
    public BrowserSessionsBuilder launchTimeout(Duration value) {
        this.launchTimeout = positive("launchTimeout", value);
        if (value.compareTo(LONGEST_LAUNCH) > 0) {
            throw new IllegalArgumentException("launchTimeout is " + value + ", it must be at most " + LONGEST_LAUNCH);
        }
        return this;
    }

    /**
     * What lives on after a session, for the next one; by default nothing. With anything but {@link ReusePolicy#off()}, close the
     * {@link BrowserSessions}: what is idle ends then, and not only when its time is over.
     */
    public BrowserSessionsBuilder reuse(ReusePolicy value) {
        this.reuse = value;
        return this;
    }

    /** For tests. */
    BrowserSessionsBuilder lookAgainIn(Duration value) {
        this.lookAgainIn = value;
        return this;
    }

    /** Options for every session. */
    public BrowserSessionsBuilder defaults(Consumer<SessionOptions.Builder> change) {
        change.accept(defaults);
        return this;
    }

    /**
     * Hears of each session that ended, after its slot was given back, on the thread that closed it or on one that stopped
     * it. What it throws is logged. The last one set counts.
     */
    public BrowserSessionsBuilder onClosed(Consumer<SessionReport> listener) {
        this.onClosed = listener;
        return this;
    }

    /**
     * How long sessions may go on when the JVM ends, by SIGTERM, Ctrl-C or {@code System.exit}, counted from that moment; by default not
     * at all. Then those that are open are ended with evidence, those being opened fail, and none of these {@link BrowserSessions}
     * begins any more. In its grace one may even begin, in a shutdown hook of yours for instance; but the JVM waits for none that does
     * so on another thread when all others are over. So close the pool at the same time, in a shutdown hook of yours or your framework's.
     */
    public BrowserSessionsBuilder shutdownGrace(Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("shutdownGrace is " + value + ", it must not be negative");
        }
        this.shutdownGrace = value;
        return this;
    }

    /** Adds one that hears how browsers are opened and ended. */
    public BrowserSessionsBuilder listener(SessionListener value) {
        listeners.add(value);
        return this;
    }

    /**
     * The sessions. Looks for the browser now, so that nobody waits for a slot that he can't use.
     *
     * @throws BrowserNotFoundException if there is none
     * @throws IllegalArgumentException if the budgets do not fit in the pool's {@link
     *     dev.browserpool.PoolConfig#stopGrace()}, or if one of the directories of profiles and of evidence lies in the other
     */
    public BrowserSessions build() {
        Budgets budgets = new Budgets(evidenceBudget, closeBudget, exitBudget)
                .mustFitIn(pool.config().stopGrace());
        Optional<Path> program = Optional.ofNullable(executable);
        if (kind == BrowserKind.CHROMIUM) {
            program = Optional.of(BrowserFinder.ofThisMachine().find(program));
        }
        if (profiles != null && evidence instanceof FileEvidenceStore files) {
            mustLieApart(profiles.directory(), files.root());
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
                reuse,
                lookAgainIn,
                storeBudget,
                new HookChain.Hooks(List.copyOf(hooks), hookBudget),
                shutdownGrace,
                onClosed,
                new Tidings(List.copyOf(listeners)),
                new Watchdog(),
                new AtomicBoolean());
        return new BrowserSessions(settings, defaults.build());
    }

    /** Evidence comes and goes by itself, profiles must not. */
    private static void mustLieApart(Path profiles, Path evidence) {
        Path one = profiles.toAbsolutePath().normalize();
        Path other = evidence.normalize();
        if (one.startsWith(other) || other.startsWith(one)) {
            throw new IllegalArgumentException("evidence would lie in " + other + " and profiles in " + one
                    + ", one inside the other; give each a directory of its own, side by side");
        }
    }

    private static Duration positive(String field, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(field + " is " + value + ", it must be more than zero");
        }
        return value;
    }
}
