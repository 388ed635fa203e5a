package dev.browserpool.examples;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.microsoft.playwright.Page;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotRequest;
import dev.browserpool.examples.shop.Customer;
import dev.browserpool.examples.shop.ShopException;
import dev.browserpool.examples.shop.ShopSite;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.BrowserSession;
import dev.browserpool.playwright.BrowserSessions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * How a team tests a site with one pool for all its tests: they run side by side, two browsers at once at most, and those that
 * need the same account wait for each other by themselves.
 */
@Execution(ExecutionMode.CONCURRENT)
class ShopTest {
    @TempDir
    private static Path directory;

    private static ShopSite shop;
    private static BrowserPool pool;
    private static BrowserSessions browsers;

    private String testName;

    @BeforeAll
    static void openShopAndPool() {
        shop = ShopSite.open(List.of("amelia", "bruno"));
        pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(2));
        browsers = BrowserSessions.builder(pool)
                .profiles(directory.resolve("profiles"))
                .evidence(directory.resolve("evidence"))
                .build();
    }

    @AfterAll
    static void closePoolAndShop() {
        browsers.close();
        pool.close();
        shop.close();
    }

    @BeforeEach
    void remember(TestInfo test) {
        testName = test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void anybodySeesThePrices() throws InterruptedException {
        try (BrowserSession browser = anyBrowser()) {
            Page page = browser.page();
            page.navigate(shop.url());
            assertThat(page).hasTitle("Shop · Kettle & Crumb");
            assertThat(page.getByTestId("price-tea")).hasText("€4.90");
            assertThat(page.getByText("Add to cart")).hasCount(0);
            browser.complete();
        }
    }

    @Test
    void aWrongPasswordIsRefused() throws InterruptedException {
        try (BrowserSession browser = anyBrowser()) {
            Customer customer = new Customer(browser.page(), shop.url());
            assertThatExceptionOfType(ShopException.class)
                    .isThrownBy(() -> customer.signIn("amelia", "guess"))
                    .withMessageContaining("don't match");
            browser.complete();
        }
    }

    @Test
    void aSoldOutItemCannotBeAdded() throws InterruptedException {
        try (BrowserSession browser = anyBrowser()) {
            Page page = browser.page();
            new Customer(page, shop.url()).signIn("amelia", shop.passwordOf("amelia"));
            assertThat(page.getByTestId("item-lamp").getByText("Sold out")).isVisible();
            assertThat(page.getByTestId("item-lamp").getByText("Add to cart")).hasCount(0);
            browser.complete();
        }
    }

    @Test
    void theCheckoutIsOutOfOrder() throws InterruptedException {
        try (BrowserSession browser = anyBrowser()) {
            Page page = browser.page();
            assertThatExceptionOfType(ShopException.class)
                    .isThrownBy(new Customer(page, shop.url())::checkOut)
                    .withMessage("the checkout answered 500");
            assertThat(page.locator("h1")).hasText("The checkout is out of order");
            browser.complete();
        }
    }

    @Test
    void twoCopiesThatDifferShowOnThePage() throws InterruptedException {
        try (BrowserSession browser = anyBrowser()) {
            Page page = browser.page();
            new Customer(page, shop.url()).signIn("bruno", shop.passwordOf("bruno"));
            assertThat(page.getByTestId("cart-agreement")).hasText("Cookie and localStorage agree");

            page.evaluate("() => localStorage.setItem('cart', '{\"owner\": \"amelia\", \"items\": []}')");
            page.reload();

            assertThat(page.getByTestId("cart-agreement")).hasText("Cookie and localStorage differ");
            browser.complete();
        }
    }

    @Test
    void aCartSurvivesTheBrowserOnItsProfile() throws InterruptedException {
        try (BrowserSession browser = browserOf("profile_amelia", "fill")) {
            Customer amelia = new Customer(browser.page(), shop.url());
            assertThat(amelia.signIn("amelia", shop.passwordOf("amelia"))).isTrue();
            amelia.add("tea");
            amelia.add("mug");
            browser.complete();
        }
        try (BrowserSession browser = browserOf("profile_amelia", "look")) {
            Customer amelia = new Customer(browser.page(), shop.url());
            assertThat(amelia.signIn("amelia", shop.passwordOf("amelia")))
                    .as("signed in anew")
                    .isFalse();
            assertThat(browser.page().getByTestId("cart-owner")).hasText("amelia");
            assertThat(browser.page().getByTestId("cart-agreement")).hasText("Cookie and localStorage agree");
            assertThat(amelia.cartInCookie("amelia").items()).containsExactly("tea", "mug");
            assertThat(amelia.cartInStorage("amelia").items()).containsExactly("tea", "mug");
            browser.complete();
        }
    }

    @Test
    void anotherProfileKnowsNothingOfIt() throws InterruptedException {
        try (BrowserSession browser = browserOf("profile_bruno", "look")) {
            Customer bruno = new Customer(browser.page(), shop.url());
            assertThat(bruno.signIn("bruno", shop.passwordOf("bruno"))).isTrue();
            assertThat(bruno.cartInCookie("bruno").items()).isEmpty();
            assertThat(browser.page().getByTestId("cart-count")).hasText("0");
            browser.complete();
        }
    }

    private BrowserSession anyBrowser() throws InterruptedException {
        return browsers.open(SlotRequest.of(testName, OperationType.TEST_RUN));
    }

    private BrowserSession browserOf(String profile, String step) throws InterruptedException {
        return browsers.open(SlotRequest.builder(testName + "_" + step, OperationType.TEST_RUN)
                .profile(ProfileClaim.exclusive(profile))
                .build());
    }
}
