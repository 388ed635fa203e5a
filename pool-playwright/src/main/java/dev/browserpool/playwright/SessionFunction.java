package dev.browserpool.playwright;

/**
 * What runs in a browser in {@link BrowserSessions#call}.
 *
 * @param <T> what it returns
 * @param <X> what it may throw; unchecked if it throws nothing checked
 */
@FunctionalInterface
public interface SessionFunction<T, X extends Exception> {
    /** Does the work, on the thread that called. Returning completes the session, throwing fails it; either way it is closed. */
    T apply(BrowserSession session) throws X;
}
