package dev.browserpool.examples.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of a {@link RunLog}.
 *
 * @param message what it says
 * @param values its key-values, in order
 */
public record LogLine(String message, Map<String, String> values) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Reads a log, each line by itself.
     *
     * @throws IOException if it can't be read, or a line of it is no JSON
     */
    public static List<LogLine> read(Path file) throws IOException {
        List<LogLine> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(of(JSON.readTree(line)));
        }
        return lines;
    }

    /** The name of what happened; empty text for a line that has none. */
    public String event() {
        return value("event");
    }

    /** The value of a key; empty text if it is not there. */
    public String value(String key) {
        return values.getOrDefault(key, "");
    }

    private static LogLine of(JsonNode json) {
        Map<String, String> values = new LinkedHashMap<>();
        for (JsonNode pair : json.path("kvpList")) {
            pair.properties()
                    .forEach(
                            field -> values.put(field.getKey(), field.getValue().asText()));
        }
        return new LogLine(json.path("formattedMessage").asText(), values);
    }
}
