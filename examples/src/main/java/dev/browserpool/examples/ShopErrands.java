package dev.browserpool.examples;

import dev.browserpool.examples.scheduler.PersonNeededException;
import dev.browserpool.examples.scheduler.TaskWork;
import dev.browserpool.examples.shop.Cart;
import dev.browserpool.examples.shop.ConfirmationNeededException;
import dev.browserpool.examples.shop.Customer;
import dev.browserpool.examples.shop.ShopAccess;
import dev.browserpool.examples.tasks.Action;
import dev.browserpool.examples.tasks.Task;
import dev.browserpool.playwright.BrowserSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the actions of a task mean in the shop. Each asks first whether its task may do it. */
final class ShopErrands implements TaskWork {
    private final ShopAccess shop;
    private final Carts carts;

    ShopErrands(ShopAccess shop, Carts carts) {
        this.shop = shop;
        this.carts = carts;
    }

    @Override
    public String perform(Task task, BrowserSession session) throws PersonNeededException {
        session.requireAction(nameOf(task.action()));
        Customer customer = new Customer(session.page(), shop.url());
        Optional<String> account = task.accountId();
        if (account.isEmpty()) {
            return checkPrices(customer, task.items(), session);
        }
        String signIn = signIn(customer, account.get(), session);
        return switch (task.action()) {
            case SIGN_IN -> signIn;
            case ADD_TO_CART -> addToCart(customer, account.get(), task.items(), session);
            case READ_CART -> readCart(customer, account.get());
            case CHECK_OUT -> checkOut(customer);
            case CHECK_PRICES -> checkPrices(customer, task.items(), session);
        };
    }

    private String signIn(Customer customer, String account, BrowserSession session) throws PersonNeededException {
        session.requireAction(nameOf(Action.SIGN_IN));
        try {
            boolean anew = customer.signIn(account, shop.passwordOf(account));
            String how = anew ? "signed in" : "was signed in already";
            session.checkpoint(how);
            return how;
        } catch (ConfirmationNeededException e) {
            throw new PersonNeededException(String.valueOf(e.getMessage()), e);
        }
    }

    private String addToCart(Customer customer, String account, List<String> items, BrowserSession session) {
        for (String item : items) {
            customer.add(item);
            carts.added(account, item);
            session.checkpoint("added " + item);
        }
        return "added " + String.join(", ", items);
    }

    private String readCart(Customer customer, String account) {
        Cart cookie = customer.cartInCookie(account);
        String complaints = Stream.of(
                        carts.complaint("cookie", account, cookie),
                        carts.complaint("localStorage", account, customer.cartInStorage(account)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        if (!complaints.isEmpty()) {
            throw new IllegalStateException(complaints);
        }
        return "cart: " + (cookie.items().isEmpty() ? "empty" : String.join(", ", cookie.items()));
    }

    private static String checkOut(Customer customer) {
        customer.checkOut();
        return "checked out";
    }

    private static String checkPrices(Customer customer, List<String> items, BrowserSession session) {
        customer.enter();
        List<String> prices = new ArrayList<>();
        for (String item : items) {
            prices.add(item + " " + customer.price(item));
            session.checkpoint("looked up " + item);
        }
        return String.join(", ", prices);
    }

    /** As a manifest's allowed_actions name it. */
    private static String nameOf(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
