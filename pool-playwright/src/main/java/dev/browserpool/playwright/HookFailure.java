package dev.browserpool.playwright;

/** A hook of the user's that failed; the message says which, and what it threw is the cause. */
final class HookFailure extends Exception {
    private static final long serialVersionUID = 1L;

    HookFailure(String what, Throwable cause) {
        super(what, cause);
    }
}
