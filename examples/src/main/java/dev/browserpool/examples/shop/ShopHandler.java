package dev.browserpool.examples.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The shop's addresses. Cookies are named after the port, because browsers share them between all ports of a host. */
final class ShopHandler implements HttpHandler {
    private static final int ONE_DAY = 24 * 60 * 60;

    private final Accounts accounts;
    private final String sessionCookie;

    ShopHandler(Accounts accounts, int port) {
        this.accounts = accounts;
        this.sessionCookie = "session_" + port;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String route =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            switch (route) {
                case "GET /" -> html(exchange, 200, ShopPages.shop(account(exchange)));
                case "GET /login" -> html(exchange, 200, ShopPages.login(Optional.empty()));
                case "POST /login" -> signIn(exchange);
                case "POST /logout" -> signOut(exchange);
                case "GET /checkout" -> html(exchange, 500, ShopPages.checkout(account(exchange)));
                case "GET /shop.css" -> answer(exchange, 200, "text/css", Resources.text("shop.css"));
                case "GET /shop.js" -> answer(exchange, 200, "text/javascript", Resources.text("shop.js"));
                case "GET /icons.svg" -> answer(exchange, 200, "image/svg+xml", Resources.text("icons.svg"));
                case "GET /favicon.ico" -> exchange.sendResponseHeaders(204, -1);
                default -> html(exchange, 404, ShopPages.notFound(account(exchange)));
            }
        }
    }

    private void signIn(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        String account = form.getOrDefault("account", "");
        if (accounts.isInDoubt(account)) {
            html(exchange, 403, ShopPages.confirm());
            return;
        }
        Optional<String> session = accounts.signIn(account, form.getOrDefault("password", ""));
        if (session.isEmpty()) {
            html(exchange, 401, ShopPages.login(Optional.of("Name and password don't match.")));
        } else {
            cookie(exchange, session.get(), ONE_DAY);
            seeOther(exchange);
        }
    }

    private void signOut(HttpExchange exchange) throws IOException {
        session(exchange).ifPresent(accounts::signOut);
        cookie(exchange, "", 0);
        seeOther(exchange);
    }

    private Optional<String> account(HttpExchange exchange) {
        return session(exchange).flatMap(accounts::signedIn);
    }

    private Optional<String> session(HttpExchange exchange) {
        String prefix = sessionCookie + "=";
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Cookie")).stream()
                .flatMap(header -> Arrays.stream(header.split("; ")))
                .filter(cookie -> cookie.startsWith(prefix))
                .map(cookie -> cookie.substring(prefix.length()))
                .findFirst();
    }

    private void cookie(HttpExchange exchange, String value, int seconds) {
        exchange.getResponseHeaders()
                .add(
                        "Set-Cookie",
                        sessionCookie + "=" + value + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + seconds);
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&"))
                .map(field -> field.split("=", 2))
                .filter(field -> field.length == 2)
                .collect(Collectors.toMap(f -> f[0], f -> URLDecoder.decode(f[1], UTF_8), (first, second) -> second));
    }

    private static void seeOther(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Location", "/");
        exchange.sendResponseHeaders(303, -1);
    }

    private static void html(HttpExchange exchange, int status, String page) throws IOException {
        answer(exchange, status, "text/html", page);
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
