package dev.browserpool.examples;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.microsoft.playwright.Page;
import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.examples.shop.Customer;
import dev.browserpool.examples.shop.ShopException;
import dev.browserpool.examples.shop.ShopSite;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.BrowserSessionsBuilder;
import dev.browserpool.playwright.junit.OnProfile;
import dev.browserpool.playwright.junit.TestBrowsers;
import dev.browserpool.playwright.junit.UseBrowserPool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * How a team tests a site with one pool for all its tests: each asks for a page, they run side by side, two browsers at once at most,
 * and those that need the same account wait for each other by themselves.
 */
@UseBrowserPool(ShopTest.ShopBrowsers.class)
@Execution(ExecutionMode.CONCURRENT)
class ShopTest {
    @TempDir
    private static Path directory;

    private static ShopSite shop;

    /** What many test classes would share; without it they get the pool that the environment names. */
    static final class ShopBrowsers implements TestBrowsers {
        private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(2));

        @Override
        public BrowserPool pool() {
            return pool;
        }

        @Override
        public void sessions(BrowserSessionsBuilder builder) {
            builder.profiles(directory.resolve("profiles")).evidence(directory.resolve("evidence"));
        }

        @Override
        public void close() {
            pool.close();
        }
    }

    @BeforeAll
    static void openShop() {
        shop = ShopSite.open(List.of("amelia", "bruno"));
    }

    @AfterAll
    static void closeShop() {
        shop.close();
    }

    @Test
    void anybodySeesThePrices(Page page) {
        page.navigate(shop.url());
        assertThat(page).hasTitle("Shop · Kettle & Crumb");
        assertThat(page.getByTestId("price-tea")).hasText("€4.90");
        assertThat(page.getByText("Add to cart")).hasCount(0);
    }

    @Test
    void aWrongPasswordIsRefused(Page page) {
        Customer customer = new Customer(page, shop.url());
        assertThatExceptionOfType(ShopException.class)
                .isThrownBy(() -> customer.signIn("amelia", "guess"))
                .withMessageContaining("don't match");
    }

    @Test
    void aSoldOutItemCannotBeAdded(Page page) {
        new Customer(page, shop.url()).signIn("amelia", shop.passwordOf("amelia"));
        assertThat(page.getByTestId("item-lamp").getByText("Sold out")).isVisible();
        assertThat(page.getByTestId("item-lamp").getByText("Add to cart")).hasCount(0);
    }

    @Test
    void theCheckoutIsOutOfOrder(Page page) {
        assertThatExceptionOfType(ShopException.class)
                .isThrownBy(new Customer(page, shop.url())::checkOut)
                .withMessage("the checkout answered 500");
        assertThat(page.locator("h1")).hasText("The checkout is out of order");
    }

    @Test
    void twoCopiesThatDifferShowOnThePage(Page page) {
        new Customer(page, shop.url()).signIn("bruno", shop.passwordOf("bruno"));
        assertThat(page.getByTestId("cart-agreement")).hasText("Cookie and localStorage agree");

        page.evaluate("() => localStorage.setItem('cart', '{\"owner\": \"amelia\", \"items\": []}')");
        page.reload();

        assertThat(page.getByTestId("cart-agreement")).hasText("Cookie and localStorage differ");
    }

    /** Each test has a browser of its own; what they share is the account's profile. */
    @Nested
    @OnProfile("profile_amelia")
    @Execution(ExecutionMode.SAME_THREAD)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    class OnAmeliasProfile {
        @Test
        @Order(1)
        void aCartIsFilled(Page page) {
            Customer amelia = new Customer(page, shop.url());
            assertThat(amelia.signIn("amelia", shop.passwordOf("amelia"))).isTrue();
            amelia.add("tea");
            amelia.add("mug");
        }

        @Test
        @Order(2)
        void theCartHasSurvivedTheBrowser(Page page) {
            Customer amelia = new Customer(page, shop.url());
            assertThat(amelia.signIn("amelia", shop.passwordOf("amelia")))
                    .as("signed in anew")
                    .isFalse();
            assertThat(page.getByTestId("cart-owner")).hasText("amelia");
            assertThat(page.getByTestId("cart-agreement")).hasText("Cookie and localStorage agree");
            assertThat(amelia.cartInCookie("amelia").items()).containsExactly("tea", "mug");
            assertThat(amelia.cartInStorage("amelia").items()).containsExactly("tea", "mug");
        }
    }

    @Test
    @OnProfile("profile_bruno")
    void anotherProfileKnowsNothingOfIt(Page page) {
        Customer bruno = new Customer(page, shop.url());
        assertThat(bruno.signIn("bruno", shop.passwordOf("bruno"))).isTrue();
        assertThat(bruno.cartInCookie("bruno").items()).isEmpty();
        assertThat(page.getByTestId("cart-count")).hasText("0");
    }
}
