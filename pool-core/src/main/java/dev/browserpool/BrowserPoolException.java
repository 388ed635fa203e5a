package dev.browserpool;

/** What every failure of a pool is. Unchecked; each kind carries its facts as typed members. */
public abstract class BrowserPoolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** For the kinds of this library. */
    protected BrowserPoolException(String message) {
        super(message);
    }

    /** For the kinds of this library that wrap another failure. */
    protected BrowserPoolException(String message, Throwable cause) {
        super(message, cause);
    }
}
