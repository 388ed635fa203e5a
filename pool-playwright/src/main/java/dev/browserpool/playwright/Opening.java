package dev.browserpool.playwright;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Tracing;
import dev.browserpool.PoolEvent.ProfileConflict.Detector;
import dev.browserpool.SlotRequest;
import dev.browserpool.spi.SessionLease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Brings a browser up under a lease, on a thread of its own, so that the holder's thread can be interrupted, or the lease
 * taken back, at any moment without leaving Playwright half way. Cleans up nothing itself: its footprint says what to clear.
 */
final class Opening implements Callable<BrowserContext> {
    private static final Duration VERIFY_BUDGET = Duration.ofSeconds(2);

    private final SessionSettings settings;
    private final SlotRequest request;
    private final SessionOptions options;
    private final SessionLease lease;
    private final Footprint footprint;
    private volatile BrowserSessionException.Step step = BrowserSessionException.Step.PROXY;
    private volatile @Nullable Driver driver;
    private volatile @Nullable Path directory;
    private volatile Optional<HookChain> hooks = Optional.empty();

    Opening(
            SessionSettings settings,
            SlotRequest request,
            SessionOptions options,
            SessionLease lease,
            Footprint footprint) {
        this.settings = settings;
        this.request = request;
        this.options = options;
        this.lease = lease;
        this.footprint = footprint;
    }

    @Override
    public BrowserContext call()
            throws IOException, InterruptedException, ProfileObjection, UnusableProxyException, HookFailure {
        lease.admit(); // while it waited, the host may have filled up
        Optional<String> proxyId = SessionProxy.idFor(lease, request);
        Optional<SessionProxy> proxy = proxyId.isEmpty()
                ? Optional.empty()
                : Optional.of(SessionProxy.of(proxyId.get(), options, settings.proxies()));
        if (request.profile().isPresent()) {
            ProfileEntry entry = new ProfileEntry(
                    request.profile().get(), settings.profiles().orElseThrow(), settings.inspector(), chromium());
            directory = entry.enter(lease, footprint, reached -> step = reached);
        }
        hook();
        step = BrowserSessionException.Step.DRIVER;
        Path temporary = footprint.temporary();
        Driver started = Driver.start(settings.watchdog());
        driver = started;
        footprint.drivenBy(started);
        step = BrowserSessionException.Step.LAUNCH;
        footprint.launching();
        BrowserContext context = launch(started, temporary, proxy);
        step = BrowserSessionException.Step.VERIFY;
        verify();
        noteVersion(context);
        if (settings.evidence().records(EvidencePart.TRACE)) {
            context.tracing()
                    .start(new Tracing.StartOptions().setScreenshots(true).setSnapshots(true));
        }
        return context;
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
            footprint.rest().with(chain);
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

    private BrowserContext launch(Driver started, Path temporary, Optional<SessionProxy> proxy)
            throws IOException, UnusableProxyException {
        Launch launch = new Launch(
                settings.kind(),
                settings.executable(),
                options,
                proxy,
                footprint.processes().tag(),
                temporary,
                settings.evidence().records(EvidencePart.VIDEO),
                settings.launchTimeout());
        Path profile = directory;
        if (profile == null) {
            return launch.ephemeral(settings.kind().of(started.playwright()));
        }
        try {
            return launch.persistent(settings.kind().of(started.playwright()), profile);
        } catch (PlaywrightException failure) {
            Optional<DirectoryHeldException> held = InUse.said(failure, profile);
            if (held.isPresent()) {
                throw held.get();
            }
            throw failure;
        }
    }

    private void verify() throws IOException {
        if (settings.kind() != BrowserKind.CHROMIUM) {
            return;
        }
        ProcessHandle browser = footprint
                .processes()
                .browser()
                .orElseThrow(() -> new IOException("its process can't be found: no process of the driver carries "
                        + footprint.processes().tag()));
        Path profile = directory;
        if (profile != null) {
            verify(browser, profile);
        }
    }

    private static void verify(ProcessHandle browser, Path profile) throws IOException {
        if (Deadline.in(VERIFY_BUDGET).await(() -> ProfileDirectory.isOpenedBy(browser, profile))) {
            return;
        }
        OptionalLong other = Probe.storageHolder(profile);
        if (other.isPresent() && other.getAsLong() != browser.pid()) {
            throw DirectoryHeldException.by(profile, Probe.occupant(other.getAsLong()), Detector.BROWSER);
        }
        if (!ProfileDirectory.hasTraceOf(browser, profile)) {
            throw new IOException("browser " + browser.pid() + " did not open " + profile + " but something else");
        }
    }

    Optional<Driver> driver() {
        return Optional.ofNullable(driver);
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
