package dev.browserpool.examples.operations;

import dev.browserpool.PoolEvent;
import dev.browserpool.RefusalReason;
import dev.browserpool.SlotRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Something that a person, or a program elsewhere, wants to hear of.
 *
 * @param kind what kind
 * @param request whose, if it is one request's
 * @param detail a sentence
 */
public record Alert(Kind kind, Optional<SlotRequest> request, String detail) {
    /** What there is to hear of. */
    public enum Kind {
        /** A request has to wait. */
        QUEUED,
        /** A request never entered the line. */
        REFUSED,
        /** A request waited longer than its timeout. */
        TIMED_OUT,
        /** A request failed, was held too long, or lost its lease. */
        FAILED,
        /** This member is closed, or can't trust its leases since the store does not answer. */
        UNHEALTHY
    }

    /** What there is to say of an event; empty if nothing. */
    public static Optional<Alert> of(PoolEvent event) {
        if (event instanceof PoolEvent.Queued queued) {
            return about(Kind.QUEUED, queued.request(), "position " + queued.position());
        }
        if (event instanceof PoolEvent.Refused refused && refused.reason() != RefusalReason.WOULD_WAIT) {
            return about(Kind.REFUSED, refused.request(), refused.message());
        }
        if (event instanceof PoolEvent.Ended ended) {
            String why = ended.slot().ending().map(ending -> ending.reason()).orElse("");
            return switch (ended.slot().state()) {
                case TIMED_OUT -> about(Kind.TIMED_OUT, ended.slot().request(), why);
                case FAILED, EXPIRED, LOST ->
                    about(Kind.FAILED, ended.slot().request(), ended.slot().state() + ": " + why);
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    private static Optional<Alert> about(Kind kind, SlotRequest request, String detail) {
        return Optional.of(new Alert(kind, Optional.of(request), detail));
    }

    /** What is sent of it, for JSON. */
    Map<String, String> fields(String poolName) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("alert", kind.name().toLowerCase(Locale.ROOT));
        fields.put("pool", poolName);
        request.ifPresent(of -> {
            fields.put("request_id", of.requestId());
            fields.put("operation", of.type().name());
            of.profile().ifPresent(claim -> fields.put("profile_id", claim.profileId()));
            of.taskId().ifPresent(id -> fields.put("task_id", id));
        });
        fields.put("detail", detail);
        return fields;
    }
}
