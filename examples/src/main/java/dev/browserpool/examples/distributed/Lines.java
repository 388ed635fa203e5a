package dev.browserpool.examples.distributed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;

/** What passes between the scheduler and its workers' JVMs: lines, each of them one JSON object. */
public final class Lines {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Lines() {}

    /** Reads a line; one that is something else is refused with an {@link UncheckedIOException}. */
    public static <T> T read(String line, Class<T> type) {
        try {
            return JSON.readValue(line, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("no line of a worker: " + line, e);
        }
    }

    /** Writes a line, without its end. */
    public static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("can't be written as a line: " + value, e);
        }
    }
}
