package dev.browserpool.examples.shop;

import java.util.List;

/** Everything the shop sells. The lamp is sold out for good. */
public final class Catalogue {
    private static final List<Item> ITEMS = List.of(
            new Item("tea", "Green tea", 490, false),
            new Item("coffee", "Coffee beans", 1290, false),
            new Item("mug", "Stoneware mug", 1850, false),
            new Item("honey", "Forest honey", 720, false),
            new Item("cookies", "Oat cookies", 380, false),
            new Item("candle", "Beeswax candle", 950, false),
            new Item("plant", "Window plant", 1440, false),
            new Item("lamp", "Brass lamp", 8900, true));

    private Catalogue() {}

    /** In the order in which the page shows them. */
    public static List<Item> items() {
        return ITEMS;
    }
}
