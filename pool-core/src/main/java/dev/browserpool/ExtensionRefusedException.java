package dev.browserpool;

import java.time.Duration;

/** A lease was to be extended beyond what the pool allows in total. It keeps the end that it had. */
public final class ExtensionRefusedException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final String requestId;
    private final Duration total;
    private final Duration maximum;

    /** Made by the pool. */
    public ExtensionRefusedException(String requestId, Duration total, Duration maximum) {
        super("lease " + requestId + " would have been extended by " + total + " in total, at most " + maximum
                + " are allowed; ask for less, request a longer maxDuration, or raise maxExtension");
        this.requestId = requestId;
        this.total = total;
        this.maximum = maximum;
    }

    /** Whose lease. */
    public String requestId() {
        return requestId;
    }

    /** What the extensions would have come to in total. */
    public Duration total() {
        return total;
    }

    /** What they may come to. */
    public Duration maximum() {
        return maximum;
    }
}
