package dev.browserpool.examples.dashboard;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Looks at every request before anything else does. Three questions: was this server called by a name of its own (else a page of
 * somebody else's made the browser believe so: DNS rebinding); did a page of this server send it (else any page on the web could press
 * the buttons); does whoever sent it know the token, if there is one.
 */
final class Gate {
    static final String HEADER = "Browser-Pool-Request";
    static final String COOKIE = "browser_pool_login";
    static final String LOGIN = "/browser-pool/login";

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:.]+]");
    private static final Pattern PORT = Pattern.compile(":\\d+$");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    /** What somebody needs who wants to log in. */
    private static final Set<String> OPEN = Set.of(LOGIN, "/browser-pool/dashboard.css");

    private final Set<String> names;
    private final Optional<Logins> logins;

    Gate(Set<String> names, Optional<Logins> logins) {
        this.names = names;
        this.logins = logins;
    }

    /** Why the request is refused; empty if it may go on. */
    Optional<Problem> objection(Context request) {
        return objectionToHost(request).or(() -> objectionToOrigin(request)).or(() -> objectionToSender(request));
    }

    private Optional<Problem> objectionToHost(Context request) {
        String host = PORT.matcher(Optional.ofNullable(request.header("Host")).orElse(""))
                .replaceFirst("");
        boolean isOwn = host.equalsIgnoreCase("localhost")
                || ADDRESS.matcher(host).matches()
                || names.stream().anyMatch(host::equalsIgnoreCase);
        return isOwn
                ? Optional.empty()
                : Optional.of(Problem.of(
                        421,
                        "unknown-host",
                        "This server does not go by that name",
                        "call it by its address or as localhost, or add the name to the dashboard's options"));
    }

    private static Optional<Problem> objectionToOrigin(Context request) {
        boolean reads = READING.contains(request.method().name());
        boolean isNavigation = reads && "navigate".equals(request.header("Sec-Fetch-Mode"));
        Optional<String> site = Optional.ofNullable(request.header("Sec-Fetch-Site"));
        Optional<String> origin = Optional.ofNullable(request.header("Origin"));
        boolean isForeign = (site.filter(from -> !OWN_SITES.contains(from)).isPresent() && !isNavigation)
                || origin.filter(from -> !from.equals(own(request))).isPresent();
        if (isForeign) {
            return Optional.of(Problem.of(
                    403,
                    "cross-site",
                    "Another site sent this",
                    "only this server's own pages may send requests to it"));
        }
        boolean isMarked = reads
                || request.path().equals(LOGIN)
                || request.header(HEADER) != null
                || request.header("Authorization") != null;
        return isMarked
                ? Optional.empty()
                : Optional.of(Problem.of(
                        403,
                        "unmarked",
                        "The request is not marked",
                        "send the header " + HEADER + ": 1, which no other site's form can"));
    }

    private Optional<Problem> objectionToSender(Context request) {
        boolean isKnown = logins.isEmpty() || OPEN.contains(request.path()) || isKnown(request, logins.get());
        return isKnown
                ? Optional.empty()
                : Optional.of(Problem.of(
                        401,
                        "token-needed",
                        "A token is needed",
                        "send it as Authorization: Bearer …, or log in at " + LOGIN));
    }

    private static boolean isKnown(Context request, Logins logins) {
        String bearer = Optional.ofNullable(request.header("Authorization")).orElse("");
        if (bearer.startsWith("Bearer ")) {
            return logins.isToken(bearer.substring("Bearer ".length()));
        }
        return Optional.ofNullable(request.cookie(COOKIE))
                .filter(id -> logins.isKnown(id, Instant.now()))
                .isPresent();
    }

    /** Behind a proxy that speaks TLS the scheme is another one; the host tells enough. */
    private static String own(Context request) {
        String origin = Optional.ofNullable(request.header("Origin")).orElse("");
        String scheme = origin.startsWith("https://") ? "https://" : "http://";
        return scheme + request.header("Host");
    }
}
