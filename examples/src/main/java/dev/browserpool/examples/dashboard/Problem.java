package dev.browserpool.examples.dashboard;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Why a request got no answer, as RFC 9457 has it: {@code application/problem+json}.
 *
 * @param status the HTTP status
 * @param code a short name that programs may rely on; the type is a URN made of it
 * @param title the same in words
 * @param detail a sentence about this very case, with its cure
 * @param retryAfter when to come again, if that may help; rounded up to seconds
 * @param facts more fields, by name
 */
public record Problem(
        int status,
        String code,
        String title,
        String detail,
        @JsonIgnore Optional<Duration> retryAfter,
        @JsonAnyGetter Map<String, Object> facts) {
    static final String MEDIA_TYPE = "application/problem+json";

    /** Without facts, and without a time to come again. */
    static Problem of(int status, String code, String title, String detail) {
        return new Problem(status, code, title, detail, Optional.empty(), Map.of());
    }

    Problem retryAfter(Duration time) {
        return new Problem(status, code, title, detail, Optional.of(time), facts);
    }

    Problem with(Map<String, Object> more) {
        return new Problem(status, code, title, detail, retryAfter, more);
    }

    /** What RFC 9457 identifies a problem by. */
    @JsonProperty
    public String type() {
        return "urn:browser-pool:problem:" + code;
    }

    /** Answers with it. */
    public void send(Context context) {
        retryAfter.ifPresent(time -> retryAfter(context, time));
        context.status(status).contentType(MEDIA_TYPE).result(Wire.write(this));
    }

    /** Says when to come again, in whole seconds, rather later than earlier. */
    static void retryAfter(Context context, Duration time) {
        context.header(
                "Retry-After", String.valueOf(Math.max(1, time.plusMillis(999).toSeconds())));
    }
}
