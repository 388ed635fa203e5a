package dev.browserpool.examples.tasks;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a task does. */
public enum Action {
    /** Signs in, unless the profile is still signed in. */
    @JsonProperty("sign_in")
    SIGN_IN(true, false),
    /** Puts items into the account's cart. */
    @JsonProperty("add_to_cart")
    ADD_TO_CART(true, true),
    /** Reads the account's cart. */
    @JsonProperty("read_cart")
    READ_CART(true, false),
    /** Buys what is in the account's cart. */
    @JsonProperty("check_out")
    CHECK_OUT(true, false),
    /** Looks up the price of items, as anybody can. */
    @JsonProperty("check_prices")
    CHECK_PRICES(false, true);

    private final boolean forAccount;
    private final boolean withItems;

    Action(boolean forAccount, boolean withItems) {
        this.forAccount = forAccount;
        this.withItems = withItems;
    }

    /** Whether it runs on behalf of an account, and so on its profile. */
    public boolean isForAccount() {
        return forAccount;
    }

    /** Whether it is about items. */
    public boolean isWithItems() {
        return withItems;
    }
}
