package dev.browserpool.examples.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a request brings along: little, and soon. A thread waits for it, of which there are few; so whoever sends it byte by byte is
 * cut off, and his connection with it. Counted as it comes, since a length need not be told in advance.
 */
final class Body {
    static final int LONGEST = 16_384;

    /** How long one may take to arrive; a connection that is silent is cut off by the server's own idle time. */
    static final Duration TIME = Duration.ofSeconds(10);

    private final Duration time;

    Body(Duration time) {
        this.time = time;
    }

    /**
     * As an object; an empty one if there is no body.
     *
     * @throws BadRequestException if it is something else
     * @throws HttpResponseException if it is too long, or too slow
     */
    <T> T read(Context context, Class<T> as) {
        return Wire.read(text(context), as);
    }

    /** A field of a form; empty if it is not there. */
    Optional<String> field(Context context, String name) {
        try {
            return Arrays.stream(text(context).split("&", -1))
                    .filter(pair -> pair.startsWith(name + "="))
                    .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), UTF_8))
                    .findFirst();
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("the body is no form: " + e.getMessage(), e);
        }
    }

    private String text(Context context) {
        long deadline = System.nanoTime() + time.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] part = new byte[4_096];
        try {
            InputStream in = context.req().getInputStream();
            for (int length = in.read(part); length >= 0; length = in.read(part)) {
                body.write(part, 0, length);
                if (body.size() > LONGEST) {
                    throw refused(context, 413, "the body is longer than " + LONGEST + " bytes");
                }
                if (System.nanoTime() - deadline > 0) {
                    throw refused(context, 408, "the body was not there after " + time.toSeconds() + " s");
                }
            }
        } catch (IOException e) {
            throw refused(context, 408, "the body broke off: " + e.getMessage());
        }
        return body.toString(UTF_8);
    }

    /** What is still to come is not waited for. */
    private static HttpResponseException refused(Context context, int status, String why) {
        context.header("Connection", "close");
        return new HttpResponseException(status, why, Map.of());
    }
}
