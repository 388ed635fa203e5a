package dev.browserpool;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a profile may be used. Kept with the ledger, so that all members follow the same rule. Immutable: the methods that look
 * like setters return a changed copy.
 *
 * @param profileId the profile
 * @param maxActive how many shared claims may hold it at once; an exclusive claim always holds it alone
 * @param proxyId the proxy through which alone it is used: a request that names another is refused, one that names none gets
 *     this; empty if any will do
 * @param onStale what happens after its owner vanished, or could not close its browser cleanly
 * @param retryWindow with {@link OnStale#RETRY}: for how long it is kept for the task that lost it
 */
public record ProfileRule(
        String profileId, int maxActive, Optional<String> proxyId, OnStale onStale, Duration retryWindow) {
    /** For how long a profile is kept for the task that lost it, unless its rule says otherwise. */
    public static final Duration DEFAULT_RETRY_WINDOW = Duration.ofMinutes(5);

    /** What happens to a profile whose owner vanished. */
    public enum OnStale {
        /**
         * The next in line gets it and is told whom it recovers from. A session is launched only if the directory is free and
         * was left in order; otherwise it is inspected first.
         */
        RECOVER,
        /** The next in line gets it, but its directory must pass an inspection first; if it fails, it is quarantined. */
        INSPECT,
        /** It is kept for the same task, if that comes again, at its old place; after the retry window as {@link #RECOVER}. */
        RETRY,
        /** It is quarantined until a person clears it. */
        REVIEW
    }

    /** Refuses a bad id, a maximum below 1, a blank proxy or a window that is not positive with an {@link IllegalArgumentException}. */
    public ProfileRule {
        Names.profileId(profileId);
        Names.atLeast(1, "maxActive of profile " + profileId, maxActive);
        proxyId.ifPresent(id -> Names.id("proxyId of profile " + profileId, id));
        Objects.requireNonNull(onStale, "onStale");
        Names.positive("retryWindow of profile " + profileId, retryWindow);
    }

    /** The rule of a profile for which none was set: one at a time, any proxy, recovered by the next in line. */
    public static ProfileRule defaultFor(String profileId) {
        return new ProfileRule(profileId, 1, Optional.empty(), OnStale.RECOVER, DEFAULT_RETRY_WINDOW);
    }

    /** The same rule with another maximum of shared owners. */
    public ProfileRule withMaxActive(int max) {
        return new ProfileRule(profileId, max, proxyId, onStale, retryWindow);
    }

    /** The same rule, bound to a proxy. */
    public ProfileRule withProxy(String id) {
        return new ProfileRule(profileId, maxActive, Optional.of(id), onStale, retryWindow);
    }

    /** The same rule with another answer to a vanished owner. */
    public ProfileRule withOnStale(OnStale answer) {
        return new ProfileRule(profileId, maxActive, proxyId, answer, retryWindow);
    }

    /** The same rule with another retry window. */
    public ProfileRule withRetryWindow(Duration window) {
        return new ProfileRule(profileId, maxActive, proxyId, onStale, window);
    }
}
