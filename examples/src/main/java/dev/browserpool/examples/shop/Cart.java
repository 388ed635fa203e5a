package dev.browserpool.examples.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * One copy of a cart, as it was found in a browser.
 *
 * @param owner whose it says it is
 * @param items the ids of its items, in the order in which they were added; one that was added twice is there twice
 */
public record Cart(String owner, List<String> items) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Keeps a copy. */
    public Cart {
        items = List.copyOf(items);
    }

    /** A cart that nobody has put anything into. */
    public static Cart emptyOf(String owner) {
        return new Cart(owner, List.of());
    }

    static Cart parse(String json) {
        try {
            return JSON.readValue(json, Cart.class);
        } catch (JsonProcessingException e) {
            throw new ShopException("the browser keeps a cart that can't be read: " + json, e);
        }
    }

    @Override
    public String toString() {
        return owner + "'s " + items;
    }
}
