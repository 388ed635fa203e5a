package dev.browserpool.examples.shop;

import java.util.Locale;

/**
 * Something the shop sells.
 *
 * @param id its short name in addresses and carts
 * @param name its name on the page
 * @param cents its price
 * @param soldOut whether nobody can have it
 */
public record Item(String id, String name, int cents, boolean soldOut) {
    /** The price as the page shows it. */
    public String price() {
        return String.format(Locale.ROOT, "€%d.%02d", cents / 100, cents % 100);
    }
}
