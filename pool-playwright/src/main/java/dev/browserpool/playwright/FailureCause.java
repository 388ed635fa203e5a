package dev.browserpool.playwright;

import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import dev.browserpool.LeaseLostException;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.ProfileQuarantinedException;
import dev.browserpool.ProxyMismatchException;
import dev.browserpool.SlotTimeoutException;
import dev.browserpool.playwright.directory.DirectoryHeldException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why a session failed, as far as whoever decides what follows must know: try again, on another proxy, or call a person. */
public enum FailureCause {
    /** None of the others: the program that used the browser, or the page that it met. */
    CODE,
    /** Somebody else is on the profile. */
    PROFILE_LOCKED,
    /** The profile did not pass its inspection, or its browser could not read it. */
    PROFILE_CORRUPT,
    /** The proxy is missing, refuses, or can't be reached. */
    PROXY,
    /** A page did not come in time. */
    NAVIGATION_TIMEOUT,
    /** The page's process died; the browser lives. */
    PAGE_CRASHED,
    /** The browser died, or did not start. */
    BROWSER_DIED,
    /** Playwright's driver died. */
    DRIVER_DIED,
    /** The lease was taken back. */
    LEASE_LOST,
    /** There was no slot in time. */
    SLOT_TIMEOUT;

    private static final Pattern OF_PROXY =
            Pattern.compile("net::ERR_(?:\\w*PROXY\\w*|TUNNEL_CONNECTION_FAILED|SOCKS_CONNECTION\\w*)");
    private static final Pattern OF_CRASH = Pattern.compile("(?i)\\b(?:page|target) crashed");
    private static final Pattern OF_TIME = Pattern.compile("net::ERR_(?:CONNECTION_)?TIMED_OUT");
    private static final Pattern NAVIGATING = Pattern.compile("(?i)navigat(?:ing|ion)|goto|waitForURL");

    /**
     * What a failure comes of, as far as its kind and its text tell: of a session that is open, or of one that could not be opened.
     * Whether a browser is dead its text does not always tell; {@link SessionReport#cause()} knows.
     */
    public static FailureCause of(Throwable failure) {
        return Causes.of(failure)
                .flatMap(one -> ofOne(one).stream())
                .findFirst()
                .orElse(CODE);
    }

    boolean isOfProcesses() {
        return this == PAGE_CRASHED || this == BROWSER_DIED || this == DRIVER_DIED;
    }

    private static Optional<FailureCause> ofOne(Throwable failure) {
        if (failure instanceof BrowserDiedException died) {
            return Optional.of(died.what());
        } else if (failure instanceof LeaseLostException) {
            return Optional.of(LEASE_LOST);
        } else if (failure instanceof SlotTimeoutException) {
            return Optional.of(SLOT_TIMEOUT);
        } else if (failure instanceof ProfileConflictException || failure instanceof DirectoryHeldException) {
            return Optional.of(PROFILE_LOCKED);
        } else if (failure instanceof ProfileQuarantinedException || failure instanceof ProfileObjection) {
            return Optional.of(PROFILE_CORRUPT);
        } else if (failure instanceof ProxyMismatchException || failure instanceof UnusableProxyException) {
            return Optional.of(PROXY);
        } else if (failure instanceof BrowserSessionException failed) {
            return ofOpening(failed);
        }
        return failure instanceof PlaywrightException playwright ? ofText(playwright) : Optional.empty();
    }

    private static Optional<FailureCause> ofOpening(BrowserSessionException failure) {
        return switch (failure.step()) {
            case PROXY -> Optional.of(PROXY);
            case INSPECT, VERSION -> Optional.of(PROFILE_CORRUPT);
            case DRIVER -> Optional.of(DRIVER_DIED);
            case LAUNCH, VERIFY ->
                Optional.of(
                        Causes.of(failure).anyMatch(UnusableProxyException.class::isInstance) ? PROXY : BROWSER_DIED);
            default -> Optional.empty();
        };
    }

    private static Optional<FailureCause> ofText(PlaywrightException failure) {
        String text = String.valueOf(failure.getMessage());
        if (OF_PROXY.matcher(text).find()) {
            return Optional.of(PROXY);
        }
        boolean late =
                failure instanceof TimeoutError && NAVIGATING.matcher(text).find();
        if (late || OF_TIME.matcher(text).find()) {
            return Optional.of(NAVIGATION_TIMEOUT);
        }
        return ofCrash(failure);
    }

    static Optional<FailureCause> ofCrash(Throwable failure) {
        return Causes.of(failure)
                .filter(PlaywrightException.class::isInstance)
                .filter(one ->
                        OF_CRASH.matcher(String.valueOf(one.getMessage())).find())
                .findFirst()
                .map(crash -> PAGE_CRASHED);
    }
}
