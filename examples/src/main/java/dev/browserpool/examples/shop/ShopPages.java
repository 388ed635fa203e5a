package dev.browserpool.examples.shop;

import java.util.Optional;
import java.util.stream.Collectors;

/** The shop's pages: {@code layout.html} around a part for each page. Account names are the only text from outside. */
final class ShopPages {
    private ShopPages() {}

    static String shop(Optional<String> account) {
        String cards = Catalogue.items().stream()
                .map(item -> card(item, account.isPresent()))
                .collect(Collectors.joining());
        String part = account.isPresent() ? "cart.html" : "welcome.html";
        return page("Shop", account, Resources.text("shop.html").replace("{{cards}}", cards))
                .replace("{{aside}}", Resources.text(part));
    }

    static String login(Optional<String> error) {
        String notice = error.map(text -> "<p class=\"error\" role=\"alert\">" + escape(text) + "</p>")
                .orElse("");
        return page("Sign in", Optional.empty(), Resources.text("login.html").replace("{{notice}}", notice));
    }

    static String confirm() {
        return page("Is it you?", Optional.empty(), Resources.text("confirm.html"));
    }

    static String checkout(Optional<String> account) {
        return page("Checkout", account, Resources.text("checkout.html"));
    }

    static String notFound(Optional<String> account) {
        return page("Not found", account, Resources.text("not-found.html"));
    }

    private static String page(String title, Optional<String> account, String main) {
        String who = account.map(name -> Resources.text("signed-in.html").replace("{{account}}", escape(name)))
                .orElse("<a class=\"button quiet\" href=\"/login\">Sign in</a>");
        return Resources.text("layout.html")
                .replace("{{title}}", title)
                .replace("{{account}}", escape(account.orElse("")))
                .replace("{{who}}", who)
                .replace("{{main}}", main);
    }

    private static String card(Item item, boolean signedIn) {
        String action = item.soldOut()
                ? "<span class=\"badge\">Sold out</span>"
                : signedIn ? "<button data-add=\"" + item.id() + "\">Add to cart</button>" : "";
        return Resources.text("card.html")
                .replace("{{id}}", item.id())
                .replace("{{name}}", escape(item.name()))
                .replace("{{price}}", item.price())
                .replace("{{state}}", item.soldOut() ? "sold-out" : "in-stock")
                .replace("{{action}}", action);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
