package dev.browserpool;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An immutable snapshot of one request, at the moment at which it was asked for. Instants are of this JVM's wall clock,
 * rounded to milliseconds.
 *
 * @param request what was asked for
 * @param state where it stands
 * @param times when what happened
 * @param grant the slot it holds or held; empty while it waits, or if it never got one
 * @param ending how it ended; empty while it waits or runs
 */
public record BrowserSlot(
        SlotRequest request, SlotState state, Times times, Optional<Grant> grant, Optional<Ending> ending) {

    /**
     * When what happened.
     *
     * @param requestedAt when it entered the line
     * @param waited how long it has waited, or did wait, in line
     * @param ran how long it has held its slot, or did hold it, stopping included; zero if it never got one
     */
    public record Times(Instant requestedAt, Duration waited, Duration ran) {}

    /**
     * What was granted.
     *
     * @param token the fencing token
     * @param grantedAt when
     * @param mustEndBy when the lease expires
     * @param memberId the pool instance that holds it
     * @param parentRequestId the request on whose slot it runs, if it has none of its own
     */
    public record Grant(
            long token, Instant grantedAt, Instant mustEndBy, String memberId, Optional<String> parentRequestId) {}

    /**
     * How it ended.
     *
     * @param endedAt when
     * @param reason a sentence for people; for a failure the exception's class and message
     */
    public record Ending(Instant endedAt, String reason) {}

    /** The request's id. */
    public String requestId() {
        return request.requestId();
    }

    /** The request's operation type. */
    public OperationType type() {
        return request.type();
    }
}
