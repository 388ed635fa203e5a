package dev.browserpool.playwright;

import org.jspecify.annotations.Nullable;

/** It can't be told through which proxy a browser must go, or something else would make it go elsewhere. */
final class UnusableProxyException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableProxyException(String problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
