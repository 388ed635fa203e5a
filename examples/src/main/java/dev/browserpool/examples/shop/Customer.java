package dev.browserpool.examples.shop;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Somebody with a page who uses the shop. Belongs to one thread, as the page does. */
public final class Customer {
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final Page page;
    private final String shopUrl;

    /**
     * A customer who has not entered the shop yet.
     *
     * @param page the browser's page
     * @param shopUrl as {@link ShopSite#url()}
     */
    public Customer(Page page, String shopUrl) {
        this.page = page;
        this.shopUrl = shopUrl;
    }

    /** Goes to the shop's first page. */
    public void enter() {
        page.navigate(shopUrl + "/");
    }

    /**
     * Goes to the shop and signs in, unless the browser is signed in from an earlier visit.
     *
     * @return whether the browser had to sign in
     * @throws ConfirmationNeededException if the shop wants to hear from the account's owner first
     * @throws ShopException if it is signed in as somebody else, or the shop refuses
     */
    public boolean signIn(String account, String password) {
        enter();
        Locator signedIn = page.getByTestId("account");
        boolean remembered = signedIn.count() > 0;
        if (!remembered) {
            page.navigate(shopUrl + "/login");
            page.getByLabel("Account").fill(account);
            page.getByLabel("Password").fill(password);
            page.locator("form.panel button").click();
            page.locator("[data-testid=account], [role=alert]").waitFor();
            refuseIfAlert();
        }
        if (!signedIn.textContent().equals(account)) {
            throw new ShopException("this profile is signed in as " + signedIn.textContent() + ", not as " + account);
        }
        return !remembered;
    }

    /**
     * Puts an item into the cart and waits until the page shows it.
     *
     * @throws ShopException if the shop does not have it, or has sold out
     */
    public void add(String itemId) {
        Locator card = card(itemId);
        if (card.getByText("Sold out").count() > 0) {
            throw new ShopException("the shop has sold out of '" + itemId + "'");
        }
        Locator count = page.getByTestId("cart-count");
        // The page's script writes it at the end of loading.
        assertThat(count).hasText(NUMBER);
        int before = Integer.parseInt(count.textContent());
        card.getByText("Add to cart").click();
        assertThat(count).hasText(Integer.toString(before + 1));
    }

    /**
     * What an item costs, as the page says.
     *
     * @throws ShopException if the shop does not have it
     */
    public String price(String itemId) {
        return card(itemId).getByTestId("price-" + itemId).textContent();
    }

    /**
     * Goes to the checkout.
     *
     * @throws ShopException if the shop does not answer well
     */
    public void checkOut() {
        Response response = page.navigate(shopUrl + "/checkout");
        if (response == null || !response.ok()) {
            throw new ShopException(
                    "the checkout answered " + (response == null ? "nothing" : Integer.toString(response.status())));
        }
    }

    /** The cart in the browser's cookies, past the page and its script. */
    public Cart cartInCookie(String account) {
        String name = "cart_" + URI.create(shopUrl).getPort();
        return page.context().cookies(shopUrl).stream()
                .filter(cookie -> cookie.name.equals(name))
                .map(cookie -> Cart.parse(URLDecoder.decode(cookie.value, StandardCharsets.UTF_8)))
                .findFirst()
                .orElse(Cart.emptyOf(account));
    }

    /** The cart in the browser's localStorage, past the page and its script. */
    public Cart cartInStorage(String account) {
        @Nullable Object json = page.evaluate("() => localStorage.getItem('cart')");
        return json == null ? Cart.emptyOf(account) : Cart.parse(json.toString());
    }

    private Locator card(String itemId) {
        Locator card = page.getByTestId("item-" + itemId);
        if (card.count() == 0) {
            throw new ShopException("the shop does not sell '" + itemId + "'");
        }
        return card;
    }

    private void refuseIfAlert() {
        Locator alert = page.locator("[role=alert]");
        if (page.getByTestId("confirmation").count() > 0) {
            throw new ConfirmationNeededException(alert.textContent());
        }
        if (alert.count() > 0) {
            throw new ShopException("the shop refused: " + alert.textContent());
        }
    }
}
