package dev.browserpool.playwright;

import dev.browserpool.BrowserPoolException;
import java.util.Optional;

/** A session was used whose browser, driver or page has died. Close it, and open another one. */
public final class BrowserDiedException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final String requestId;
    private final transient Optional<String> profileId;
    private final FailureCause what;

    BrowserDiedException(SessionFacts facts, FailureCause what, Optional<String> reason) {
        super("the " + name(what) + " of request " + facts.requestId()
                + facts.profileId().map(id -> " on profile " + id).orElse("")
                + " died under it" + reason.map(why -> ": " + why).orElse("")
                + "; close the session and open another one");
        this.requestId = facts.requestId();
        this.profileId = facts.profileId();
        this.what = what;
    }

    /** With Playwright's error as its cause. */
    static BrowserDiedException noticedBy(
            Throwable failure, SessionFacts facts, FailureCause what, Optional<String> reason) {
        BrowserDiedException died = new BrowserDiedException(facts, what, reason);
        died.initCause(failure);
        return died;
    }

    private static String name(FailureCause what) {
        return switch (what) {
            case DRIVER_DIED -> "driver";
            case PAGE_CRASHED -> "page";
            default -> "browser";
        };
    }

    /** Whose. */
    public String requestId() {
        return requestId;
    }

    /** The profile that it ran on; empty for an ephemeral one. */
    public Optional<String> profileId() {
        return profileId;
    }

    /** BROWSER_DIED, DRIVER_DIED or PAGE_CRASHED. */
    public FailureCause what() {
        return what;
    }
}
