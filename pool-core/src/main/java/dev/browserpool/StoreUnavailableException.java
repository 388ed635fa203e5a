package dev.browserpool;

/** The store could not be reached, or gave no answer: whether the call took effect is unknown. */
public final class StoreUnavailableException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    /** Made by a backend. The message must not contain secrets. */
    public StoreUnavailableException(String message) {
        super(message);
    }

    /** Made by a backend that got an exception. The message must not contain secrets. */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
