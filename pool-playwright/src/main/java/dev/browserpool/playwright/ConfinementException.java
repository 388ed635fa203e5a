package dev.browserpool.playwright;

import dev.browserpool.BrowserPoolException;

/**
 * A session was used by a thread that does not own it. Playwright's objects belong to one thread at a time, and using them
 * from two corrupts them silently; so it is refused before anything is touched.
 */
public final class ConfinementException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final String requestId;
    private final String owner;
    private final String intruder;

    ConfinementException(String requestId, String door, String owner, String intruder) {
        super("session " + requestId + " belongs to thread '" + owner + "', and thread '" + intruder + "' called "
                + door + "; one thread at a time may use a session: let its owner call handOver() first");
        this.requestId = requestId;
        this.owner = owner;
        this.intruder = intruder;
    }

    /** Whose session. */
    public String requestId() {
        return requestId;
    }

    /** The name of the thread that owns the session. */
    public String owner() {
        return owner;
    }

    /** The name of the thread that was refused. */
    public String intruder() {
        return intruder;
    }
}
