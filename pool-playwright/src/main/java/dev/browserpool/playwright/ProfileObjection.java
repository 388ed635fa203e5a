package dev.browserpool.playwright;

import org.jspecify.annotations.Nullable;

/** An inspection that a profile did not pass; the message is why. */
final class ProfileObjection extends Exception {
    private static final long serialVersionUID = 1L;

    ProfileObjection(String why, @Nullable Throwable cause) {
        super(why, cause);
    }
}
