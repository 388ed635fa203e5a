package dev.browserpool.playwright;

import com.microsoft.playwright.options.Proxy;
import dev.browserpool.ProfileLock;
import dev.browserpool.SlotRequest;
import dev.browserpool.spi.SessionLease;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that a session's browser must go through since its profile or its request names one. A browser that went without
 * it, or through another, would show the account from an address that it must not be seen at.
 *
 * @param id its name
 * @param proxy what stands behind it; empty if that is left to the session's own options
 */
record SessionProxy(String id, Optional<Proxy> proxy) {
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
            if (options.proxy().isEmpty()) {
                throw new UnusableProxyException("it must go through proxy " + id + ", " + cure(), null);
            }
            return new SessionProxy(id, Optional.empty());
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
        return new SessionProxy(id, Optional.of(found));
    }

    /** What to do where nothing says what stands behind a name. */
    static String cure() {
        return "and nothing says what that is: say builder(pool).proxies(resolver), or set the proxy in the session's options";
    }

    private static Optional<Proxy> ask(ProxyResolver resolver, String id) throws UnusableProxyException {
        try {
            return resolver.resolve(id);
        } catch (RuntimeException e) {
            // Its text may hold what it looked up.
            throw new UnusableProxyException(
                    "it must go through proxy " + id + ", for which the resolver of proxies failed with a "
                            + e.getClass().getName(),
                    e);
        }
    }

    /** Playwright's own options and the browser's switches could lead it elsewhere. */
    void refuseOthers(@Nullable Proxy ofPlaywright, List<String> switches) throws UnusableProxyException {
        if (proxy.isEmpty()) {
            return;
        }
        if (ofPlaywright != null) {
            throw contradiction(id, "its Playwright options set a proxy of their own; leave it out");
        }
        Optional<String> other = switches.stream()
                .filter(s -> s.startsWith("--proxy-") || s.startsWith("--no-proxy-"))
                .findFirst();
        if (other.isPresent()) {
            String name = other.get().split("=", 2)[0];
            throw contradiction(id, "its switches say " + name + "; leave that out");
        }
    }

    private static UnusableProxyException contradiction(String id, String what) {
        return new UnusableProxyException("it must go through proxy " + id + ", but " + what, null);
    }
}
