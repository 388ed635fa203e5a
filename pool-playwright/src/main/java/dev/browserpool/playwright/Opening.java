package dev.browserpool.playwright;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Tracing;
import dev.browserpool.SlotRequest;
import dev.browserpool.playwright.directory.BrowserVersion;
import dev.browserpool.playwright.directory.DirectoryHeldException;
import dev.browserpool.playwright.directory.ProfileDirectory;
import dev.browserpool.playwright.host.Deadline;
import dev.browserpool.playwright.host.SessionProcesses;
import dev.browserpool.playwright.redaction.Redactor;
import dev.browserpool.spi.SessionLease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a browser up under a lease, on a thread of its own, so that the holder's thread can be interrupted, or the lease
 * taken back, at any moment without leaving Playwright half way. Cleans up nothing itself: its footprint says what to clear.
 */
final class Opening implements Callable<Opened> {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
    private static final Duration VERIFY_BUDGET = Duration.ofSeconds(2);

    private final SessionSettings settings;
    private final SlotRequest request;
    private final SessionOptions options;
    private final SessionLease lease;
    private final Tenancy tenancy;
    private volatile BrowserSessionException.Step step = BrowserSessionException.Step.PROXY;
    private volatile @Nullable Place place;
    private volatile @Nullable Path directory;
    private volatile Optional<HookChain> hooks = Optional.empty();

    Opening(
            SessionSettings settings,
            SlotRequest request,
            SessionOptions options,
            SessionLease lease,
            Tenancy tenancy) {
        this.settings = settings;
        this.request = request;
        this.options = options;
        this.lease = lease;
        this.tenancy = tenancy;
    }

    @Override
    public Opened call()
            throws IOException, InterruptedException, ProfileObjection, UnusableProxyException, HookFailure {
        tenancy.requireGoing();
        lease.admit(); // while it waited, the host may have filled up
        Optional<String> proxyId = SessionProxy.idFor(lease, request);
        Optional<SessionProxy> proxy = proxyId.isEmpty()
                ? Optional.empty()
                : Optional.of(SessionProxy.of(proxyId.get(), options, settings.proxies()));
        if (request.profile().isPresent()) {
            ProfileEntry entry = new ProfileEntry(
                    request.profile().get(), settings.profiles().orElseThrow(), settings.inspector(), chromium());
            directory = entry.enter(lease, tenancy.footprint(), reached -> step = reached);
        }
        hook();
        step = BrowserSessionException.Step.DRIVER;
        Launch launch = new Launch(settings.kind(), settings.executable(), options, proxy, settings.launchTimeout());
        Path profile = directory;
        Opened opened = profile == null ? ephemeral(launch) : persistent(launch, profile);
        if (settings.evidence().records(EvidencePart.TRACE)) {
            opened.context()
                    .tracing()
                    .start(new Tracing.StartOptions().setScreenshots(true).setSnapshots(true));
        }
        return opened;
    }

    private Optional<Path> chromium() {
        return settings.kind() == BrowserKind.CHROMIUM ? settings.executable() : Optional.empty();
    }

    private void hook() throws HookFailure {
        HookContext context = new HookContext(
                request, lease.token(), lease.profile(), lease.recoveredFrom(), Optional.ofNullable(directory));
        HookChain chain = new HookChain(settings.hooks(), settings.watchdog(), context);
        hooks = Optional.of(chain);
        if (!chain.isEmpty()) {
            step = BrowserSessionException.Step.HOOK;
            tenancy.rest().with(chain);
            chain.beforeLaunch();
        }
    }

    /** For whoever opens the profile next. A browser that did not start has changed nothing. */
    private void noteVersion(BrowserContext context) throws IOException {
        Path profile = directory;
        Optional<BrowserVersion> version =
                Optional.ofNullable(context.browser()).map(Browser::version).flatMap(BrowserVersion::in);
        if (profile != null && chromium().isPresent() && version.isPresent()) {
            version.get().isOf(chromium().get());
            version.get().noteOn(profile);
        }
    }

    private Opened ephemeral(Launch launch) throws IOException, InterruptedException, UnusableProxyException {
        step = BrowserSessionException.Step.LAUNCH; // whose options may be refused
        BrowserType.LaunchOptions how = launch.ephemeral();
        // Films lie in the browser's own directory, and would pile up in one that lives on.
        boolean lives = settings.reuse().keepsAnything() && !settings.evidence().records(EvidencePart.VIDEO);
        String key = LaunchKey.of(how);
        Place taken = enter(lives ? Optional.of(key) : Optional.empty());
        Optional<WarmBrowser> warm = taken.takeBrowser();
        Optional<Opened> opened = warm.isPresent() ? openedIn(warm.get(), launch) : Optional.empty();
        if (opened.isPresent()) {
            return opened.get();
        }
        Footprint footprint = tenancy.footprint();
        Path temporary = footprint.temporary();
        Browser.NewContextOptions context = launch.context(films(temporary));
        Driver driver = drive(taken, footprint);
        Optional<Seat> seat = lives && SharedLaunch.isPossible(settings, how)
                ? Optional.of(taken.seat(settings, key, how, driver))
                : Optional.empty();
        Browser browser = seat.isPresent()
                ? seated(seat.get(), driver, footprint)
                : launch.start(
                        settings.kind().of(driver.playwright()),
                        how,
                        footprint.processes().tag(),
                        temporary);
        if (seat.isEmpty()) {
            step = BrowserSessionException.Step.VERIFY;
            verify();
        }
        WarmBrowser fresh = new WarmBrowser(settings, key, driver, browser, footprint, seat);
        try {
            return new Opened(driver, fresh.context(context), lives ? Optional.of(fresh) : Optional.empty());
        } catch (PlaywrightException failure) {
            throw seat.isPresent() ? explained(failure, seat.get().browser()) : failure;
        }
    }

    /** Whoever opens in a browser that ends for another's sake is told why, like those who are in it already. */
    private static PlaywrightException explained(PlaywrightException failure, SharedBrowser browser) {
        return Deadline.in(Vitals.DYING).await(() -> !browser.isAlive())
                ? new PlaywrightException(
                        "the browser ended while the session opened in it: " + browser.fate(), failure)
                : failure;
    }

    /** Empty if it died between the look at it and this: then another one will do. */
    private Optional<Opened> openedIn(WarmBrowser warm, Launch launch) throws UnusableProxyException {
        tenancy.moveInto(warm.footprint());
        step = BrowserSessionException.Step.LAUNCH;
        Browser.NewContextOptions options = launch.context(Optional.empty());
        try {
            BrowserContext context = warm.context(options);
            if (warm.isAlive()) {
                return Optional.of(new Opened(warm.driver(), context, Optional.of(warm)));
            }
        } catch (PlaywrightException failure) {
            if (!Deadline.in(Vitals.DYING).await(() -> !warm.isAlive())) {
                throw failure;
            }
        }
        LOG.info("{}: its warm browser died as it was handed out, it gets a fresh one", request.requestId());
        tenancy.moveOut();
        warm.discard();
        return Optional.empty();
    }

    private Browser seated(Seat seat, Driver driver, Footprint footprint) throws IOException, InterruptedException {
        footprint.seatedIn(seat);
        try {
            return seat.connect(driver, settings.launchTimeout());
        } catch (PlaywrightException failure) {
            throw explained(failure, seat.browser());
        }
    }

    private Opened persistent(Launch launch, Path profile)
            throws IOException, InterruptedException, UnusableProxyException {
        Footprint footprint = tenancy.footprint();
        Path temporary = footprint.temporary();
        Driver driver = drive(enter(Optional.empty()), footprint);
        driver.usage().count();
        try {
            BrowserContext context = launch.persistent(
                    settings.kind().of(driver.playwright()),
                    profile,
                    films(temporary),
                    footprint.processes().tag(),
                    temporary);
            step = BrowserSessionException.Step.VERIFY;
            verify();
            noteVersion(context);
            return new Opened(driver, context, Optional.empty());
        } catch (PlaywrightException failure) {
            Optional<DirectoryHeldException> held = InUse.said(failure, profile);
            if (held.isPresent()) {
                throw held.get();
            }
            throw failure;
        }
    }

    private Place enter(Optional<String> key) throws InterruptedException {
        tenancy.requireGoing();
        Place taken = WarmBrowsers.of(settings.pool()).enter(settings, key);
        place = taken;
        try {
            tenancy.requireGoing();
        } catch (IllegalStateException stopped) {
            taken.leave(); // whoever gave it up may have looked for a place before there was one
            throw stopped;
        }
        return taken;
    }

    private Driver drive(Place taken, Footprint footprint) throws InterruptedException {
        step = BrowserSessionException.Step.DRIVER;
        Optional<Driver> warm = taken.takeDriver();
        Driver driver = warm.isPresent() ? warm.get() : Driver.start(settings.watchdog(), tenancy::requireGoing);
        footprint.drivenBy(driver);
        step = BrowserSessionException.Step.LAUNCH;
        footprint.launching();
        tenancy.requireGoing();
        return driver;
    }

    private Optional<Path> films(Path temporary) {
        return settings.evidence().records(EvidencePart.VIDEO)
                ? Optional.of(temporary.resolve("films"))
                : Optional.empty();
    }

    private void verify() throws IOException {
        if (settings.kind() != BrowserKind.CHROMIUM) {
            return;
        }
        SessionProcesses processes = tenancy.footprint().processes();
        ProcessHandle browser = processes
                .browser()
                .orElseThrow(() -> new IOException(
                        "its process can't be found: no process of the driver carries " + processes.tag()));
        tenancy.footprint().browserRuns();
        Path profile = directory;
        if (profile != null) {
            ProfileDirectory.requireOpenedBy(browser, profile, VERIFY_BUDGET);
        }
    }

    /** Among the browsers of the pool; empty as long as it has none. */
    Optional<Place> place() {
        return Optional.ofNullable(place);
    }

    HookChain hooks() {
        return hooks.orElseThrow();
    }

    Optional<Path> directory() {
        return Optional.ofNullable(directory);
    }

    /** For the holder's thread, so that the stack trace is one that he knows. */
    BrowserSessionException failure(Throwable cause) {
        if (cause instanceof TimeoutException) {
            String late = "it was not open " + settings.launchTimeout().plus(Opener.DRIVER_BUDGET)
                    + " after its grant; raise launchTimeout, or look at the load of this machine";
            return new BrowserSessionException(request, step, late, cause);
        }
        boolean speaksForItself = cause instanceof PlaywrightException
                || cause instanceof IOException
                || cause instanceof HookFailure
                || cause instanceof IllegalArgumentException
                || cause instanceof UnusableProxyException;
        String problem = speaksForItself ? String.valueOf(cause.getMessage()) : cause.toString();
        return new BrowserSessionException(request, step, Redactor.text(problem), cause);
    }
}
