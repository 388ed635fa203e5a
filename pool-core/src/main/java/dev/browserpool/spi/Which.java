package dev.browserpool.spi;

import java.time.Duration;

/** Which requests are to be stopped. */
public sealed interface Which {
    /**
     * The running request with this id.
     *
     * @param requestId the id
     */
    record Running(String requestId) implements Which {}

    /**
     * This very lease, if it runs.
     *
     * @param ticket the request's
     * @param token the lease's
     */
    record Held(Ticket ticket, long token) implements Which {}

    /**
     * The waiting request with this id.
     *
     * @param requestId the id
     */
    record InLine(String requestId) implements Which {}

    /**
     * Running requests that have been held for longer than this.
     *
     * @param age how long
     */
    record OlderThan(Duration age) implements Which {}
}
