package dev.browserpool;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store answers, and can't be used as it is: it refuses access, is too old or read-only, holds data of another version, or data
 * that is damaged. Asking again does not help; somebody has to change what the message names.
 */
public final class StoreUnusableException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String key;
    private final @Nullable String expected;

    /** Made by a backend for whatever is not about one place in the store. The message must not contain secrets. */
    public StoreUnusableException(String message) {
        super(message);
        this.key = null;
        this.expected = null;
    }

    /**
     * Made by a backend that found something else than it expected.
     *
     * @param key where in the store
     * @param expected what should be there
     * @param found what is there instead; no secrets
     */
    public StoreUnusableException(String key, String expected, String found) {
        super("the store can't be used: " + key + " should hold " + expected + ", and " + found);
        this.key = key;
        this.expected = expected;
    }

    /** Which place in the store it is about, if it is about one. */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /** What should be in that place. */
    public Optional<String> expected() {
        return Optional.ofNullable(expected);
    }
}
