package dev.browserpool.examples.dashboard;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
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
        if (logins.isEmpty() || OPEN.contains(request.path()) || isLoggedIn(request, logins.get())) {
            return Optional.empty();
        }
        Optional<Guesses.Try> bearer = bearer(request).map(guess -> logins.get().tries(request.ip(), guess));
        if (bearer.isPresent() && bearer.get().isRight()) {
            return Optional.empty();
        }
        return bearer.flatMap(Guesses.Try::mustWait)
                .map(Gate::tooManyGuesses)
                .or(() -> Optional.of(Problem.of(
                        401,
                        "token-needed",
                        "A token is needed",
                        "send it as Authorization: Bearer …, or log in at " + LOGIN)));
    }

    private static Problem tooManyGuesses(Duration wait) {
        return Problem.of(
                        429,
                        "too-many-guesses",
                        "Too many wrong tokens came from this address",
                        "no token is looked at before that time is over; who is logged in stays so")
                .retryAfter(wait);
    }

    /** Whether whoever sent this may go on hearing the answer: a login ends. Asked again and again, while the answer lasts. */
    BooleanSupplier lasts(Context request) {
        Optional<String> id = Optional.ofNullable(request.cookie(COOKIE));
        if (logins.isEmpty() || bearer(request).isPresent() || id.isEmpty()) {
            return () -> true;
        }
        return () -> logins.get().isKnown(id.get(), Instant.now());
    }

    private static Optional<String> bearer(Context request) {
        return Optional.ofNullable(request.header("Authorization"))
                .filter(value -> value.startsWith("Bearer "))
                .map(value -> value.substring("Bearer ".length()));
    }

    private static boolean isLoggedIn(Context request, Logins logins) {
        return bearer(request).isEmpty()
                && Optional.ofNullable(request.cookie(COOKIE))
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
