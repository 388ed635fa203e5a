package dev.browserpool.playwright;

import com.microsoft.playwright.options.Proxy;
import dev.browserpool.ProfileLock;
import dev.browserpool.SlotRequest;
import dev.browserpool.playwright.redaction.RedactedFailure;
import dev.browserpool.spi.SessionLease;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that a session's browser must go through since its profile or its request names one. A browser that went without
 * it, or through another, would show the account from an address that it must not be seen at.
 *
 * @param id its name
 * @param proxy what stands behind it
 */
record SessionProxy(String id, Proxy proxy) {
    /** An extension may set a proxy of its own, and whoever sends names elsewhere needs none. */
    private static final Set<String> LEADING_ELSEWHERE =
            Set.of("disable-extensions-except", "host-resolver-rules", "host-rules", "load-extension");

    /** The name that counts: the profile's rule has settled it with the request's at the grant. */
    static Optional<String> idFor(SessionLease lease, SlotRequest request) {
        return lease.profile()
                .map(ProfileLock::owner)
                .flatMap(ProfileLock.Owner::proxyId)
                .or(request::proxyId);
    }

    /**
     * Finds out what stands behind a name.
     *
     * @throws UnusableProxyException if that can't be told for certain
     */
    static SessionProxy of(String id, SessionOptions options, Optional<ProxyResolver> resolver)
            throws UnusableProxyException {
        if (resolver.isEmpty()) {
            return new SessionProxy(
                    id,
                    options.proxy()
                            .orElseThrow(() -> new UnusableProxyException(
                                    "it must go through proxy " + id + ", " + cure(), null)));
        }
        Proxy found = ask(resolver.get(), id)
                .orElseThrow(() -> new UnusableProxyException(
                        "it must go through proxy " + id
                                + ", which the resolver of proxies does not know; teach it that"
                                + " name, or correct the name in the request or in the profile's rule",
                        null));
        if (options.proxy().isPresent()) {
            throw contradiction(id, "its options set a proxy of their own; leave it out");
        }
        return new SessionProxy(id, found);
    }

    /** What to do where nothing says what stands behind a name. */
    static String cure() {
        return "and nothing says what that is: say builder(pool).proxies(resolver), or set the proxy in the session's options";
    }

    private static Optional<Proxy> ask(ProxyResolver resolver, String id) throws UnusableProxyException {
        try {
            return Objects.requireNonNullElse(resolver.resolve(id), Optional.empty());
        } catch (RuntimeException e) {
            // Its text, and those of its causes, may hold what it looked up.
            throw new UnusableProxyException(
                    "it must go through proxy " + id + ", for which the resolver of proxies failed with a "
                            + e.getClass().getName(),
                    RedactedFailure.withoutText(e));
        }
    }

    /** Playwright's own options could lead it elsewhere. */
    void refuseOther(@Nullable Proxy ofPlaywright) throws UnusableProxyException {
        if (ofPlaywright != null) {
            throw contradiction(id, "its Playwright options set a proxy of their own; leave it out");
        }
    }

    /**
     * The browser's command line could lead it elsewhere.
     *
     * @param added the switches that are added to Playwright's own
     * @param dropped those of Playwright's own that are left out: the proxy is one of them
     * @param allDropped whether all of them are
     */
    void refuseSwitches(List<String> added, @Nullable List<String> dropped, @Nullable Boolean allDropped)
            throws UnusableProxyException {
        if (Boolean.TRUE.equals(allDropped)) {
            throw contradiction(id, "its Playwright options say ignoreAllDefaultArgs, which drops it; leave that out");
        }
        Optional<String> other = Stream.concat(added.stream(), dropped == null ? Stream.empty() : dropped.stream())
                .flatMap(one -> ReservedSwitches.name(one).stream())
                .filter(name -> name.contains("proxy") || LEADING_ELSEWHERE.contains(name))
                .findFirst();
        if (other.isPresent()) {
            throw contradiction(id, "its switches say --" + other.get() + "; leave that out");
        }
    }

    private static UnusableProxyException contradiction(String id, String what) {
        return new UnusableProxyException("it must go through proxy " + id + ", but " + what, null);
    }
}
