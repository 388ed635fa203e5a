package dev.browserpool.playwright;

import dev.browserpool.BrowserPoolException;
import dev.browserpool.SlotRequest;
import java.util.Optional;

/** A browser could not be opened. Whatever had been started is gone, slot and profile are given back. */
public final class BrowserSessionException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    /** How far the opening came. */
    public enum Step {
        /** It was found out through which proxy the browser must go. */
        PROXY,
        /** The profile's directory was looked at. */
        DIRECTORY,
        /** The store that carries profiles was asked for the newest state, or that was fetched. */
        FETCH,
        /** The guard in the profile's directory was taken. */
        GUARD,
        /** It was looked whether a browser is on the directory. */
        PROBE,
        /** The version of the browser was compared with that of the one which used the profile last. */
        VERSION,
        /** The profile was inspected, since the last one's end was not clean. */
        INSPECT,
        /** A snapshot was taken before the run. */
        SNAPSHOT,
        /** The profile was copied, since the claim is a shared one. */
        COPY,
        /** The pool was told that the newest state of the profile is here. */
        HOME,
        /** A hook ran, before or after the launch. */
        HOOK,
        /** Playwright's driver was started. */
        DRIVER,
        /** The browser was launched. */
        LAUNCH,
        /** It was proven that the browser runs on the profile's own directory. */
        VERIFY
    }

    private final String requestId;
    private final transient Optional<String> profileId;
    private final Step step;

    BrowserSessionException(SlotRequest request, Step step, String problem, Throwable cause) {
        super(
                "request " + request.requestId()
                        + request.profile()
                                .map(p -> " on profile " + p.profileId())
                                .orElse("") + " got no browser, at step "
                        + step + ": " + problem,
                cause);
        this.requestId = request.requestId();
        this.profileId = request.profile().map(p -> p.profileId());
        this.step = step;
    }

    /** Whose browser. */
    public String requestId() {
        return requestId;
    }

    /** The profile that it was to run on; empty for an ephemeral one. */
    public Optional<String> profileId() {
        return profileId;
    }

    /** The step that failed. */
    public Step step() {
        return step;
    }
}
