package dev.browserpool.examples.shop;

import java.util.Map;

/**
 * What one has to know to use the shop, in whatever JVM. Never printed: it holds passwords.
 *
 * @param url its address, without a slash at the end
 * @param passwords by account
 */
public record ShopAccess(String url, Map<String, String> passwords) {
    /** Keeps a copy. */
    public ShopAccess {
        passwords = Map.copyOf(passwords);
    }

    /**
     * The password of an account.
     *
     * @throws IllegalArgumentException if there is no such account
     */
    public String passwordOf(String accountId) {
        String password = passwords.get(accountId);
        if (password == null) {
            throw new IllegalArgumentException(
                    "the shop has no account '" + accountId + "', only " + passwords.keySet());
        }
        return password;
    }

    @Override
    public String toString() {
        return "ShopAccess[" + url + ", " + passwords.keySet() + "]";
    }
}
