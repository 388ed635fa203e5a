package dev.browserpool.playwright;

import com.microsoft.playwright.options.Proxy;
import java.util.Optional;

/**
 * Knows what stands behind the names of proxies: a request and a profile's rule name one, and the address and the password stay
 * out of the pool's store. Set with {@link BrowserSessionsBuilder#proxies}.
 */
@FunctionalInterface
public interface ProxyResolver {
    /**
     * The proxy of that name. Asked before each launch that needs one, on a thread of the library's, within the time that an
     * opening has. Nothing of the answer is logged or saved as evidence.
     *
     * @param proxyId the proxy of the profile's rule, or else the one that the request names
     * @return empty if there is none of that name: no browser is started then
     */
    Optional<Proxy> resolve(String proxyId);
}
