package dev.browserpool.examples;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.browserpool.examples.shop.Cart;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the tasks put into the carts, kept apart from the browsers, so that both can be compared. Safe for many threads. */
final class Carts {
    private final Map<String, Queue<String>> added = new ConcurrentHashMap<>();

    /** Carts that hold these items already, by account. */
    static Carts holding(Map<String, List<String>> items) {
        Carts carts = new Carts();
        items.forEach((account, all) -> all.forEach(item -> carts.added(account, item)));
        return carts;
    }

    /** All items, by account. */
    Map<String, List<String>> all() {
        return added.keySet().stream()
                .collect(toUnmodifiableMap(identity(), account -> of(account).items()));
    }

    void added(String accountId, String itemId) {
        added.computeIfAbsent(accountId, a -> new ConcurrentLinkedQueue<>()).add(itemId);
    }

    /** The cart that an account's profile must hold now: tasks of one account never overlap, so the order is right too. */
    Cart of(String accountId) {
        return new Cart(accountId, List.copyOf(added.getOrDefault(accountId, new ConcurrentLinkedQueue<>())));
    }

    int items() {
        return added.values().stream().mapToInt(Queue::size).sum();
    }

    /** What is wrong with a copy that was found in a browser, if anything is. */
    Optional<String> complaint(String where, String accountId, Cart found) {
        Cart expected = of(accountId);
        return found.equals(expected)
                ? Optional.empty()
                : Optional.of("the " + where + " holds " + found + " instead of " + expected);
    }
}
