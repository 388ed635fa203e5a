package dev.browserpool.examples.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The page, what it consists of, and the way in if a token is needed. */
final class PageRoutes {
    static final String PAGE = "/browser-pool";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json");

    /** Nothing else of this package is served. */
    private static final Set<String> PARTS = Set.of(
            "dashboard.css",
            "dashboard.js",
            "actions.js",
            "chart.js",
            "dialogs.js",
            "dom.js",
            "evidence.js",
            "server.js",
            "tables.js",
            "timeline.js",
            "words.js");

    private final Optional<Logins> logins;
    private final Body body;

    PageRoutes(Optional<Logins> logins, Body body) {
        this.logins = logins;
        this.body = body;
    }

    /** Answers with a resource of this package. */
    static void resource(Context context, String name) {
        context.contentType(TYPES.get(name.substring(name.lastIndexOf('.') + 1)))
                .result(read(name));
    }

    /** The page; whoever had to log in can log out. */
    void page(Context context) {
        String html = read("dashboard.html");
        context.html(logins.isPresent() ? html.replace("id=\"act-logout\" hidden", "id=\"act-logout\"") : html);
    }

    /** A script or a style. */
    void part(Context context) {
        String name = context.pathParam("part");
        if (!PARTS.contains(name)) {
            throw new NotFoundException("the page has no part '" + name + "'");
        }
        resource(context, name);
    }

    private static String read(String name) {
        try (InputStream in = Objects.requireNonNull(PageRoutes.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void logIn(Context context) {
        String guess = body.field(context, "token").orElse("");
        Optional<Guesses.Try> tried = logins.map(it -> it.tries(context.ip(), guess));
        Optional<Duration> wait = tried.flatMap(Guesses.Try::mustWait);
        if (wait.isPresent()) {
            // The page itself, not a way to it: a status with a time belongs to this very answer.
            Problem.retryAfter(context, wait.get());
            context.status(HttpStatus.TOO_MANY_REQUESTS)
                    .html(read("login.html").replace("id=\"later\" hidden", "id=\"later\""));
            return;
        }
        if (tried.isPresent() && !tried.get().isRight()) {
            context.redirect(Gate.LOGIN + "#wrong", HttpStatus.SEE_OTHER);
            return;
        }
        logins.ifPresent(it -> context.cookie(cookie(it.begin(Instant.now()), (int) Logins.LASTS.toSeconds())));
        context.redirect(PAGE, HttpStatus.SEE_OTHER);
    }

    void logOut(Context context) {
        String id = Objects.requireNonNullElse(context.cookie(Gate.COOKIE), "");
        logins.ifPresent(it -> it.end(id));
        context.cookie(cookie("", 0));
        context.status(HttpStatus.NO_CONTENT);
    }

    private static Cookie cookie(String value, int maxAge) {
        return new Cookie(Gate.COOKIE, value, "/", maxAge, false, true, null, SameSite.STRICT);
    }
}
