package dev.browserpool.examples.tasks;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads a task document strictly, and turns what Jackson says about a bad one into one line with file and line number. */
final class TaskReader {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    /** How Jackson's messages point at another place of the same file. */
    private static final Pattern SOURCE = Pattern.compile("\\[Source: [^;]*; line: (\\d+), column: \\d+]");

    private final String fileName;

    TaskReader(String fileName) {
        this.fileName = fileName;
    }

    TaskList read(InputStream in) throws IOException, TaskFileException {
        try {
            return new TaskChecks(fileName).check(JSON.readValue(in, TaskDocument.class));
        } catch (JsonProcessingException e) {
            throw new TaskFileException(fileName + where(e.getLocation()) + ": " + oneLine(explain(e)), e);
        }
    }

    private static String explain(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "unknown field '" + unknown.getPropertyName() + "'; known are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(Object::toString)
                            .sorted()
                            .toList();
        }
        if (e instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
            return field(format) + " is '" + format.getValue() + "', but must be one of "
                    + Arrays.stream(format.getTargetType().getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .toList();
        }
        boolean isSyntax = e instanceof StreamReadException || e.getCause() instanceof StreamReadException;
        if (!isSyntax
                && e instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            return field(mapping) + " has a wrong value: " + e.getOriginalMessage();
        }
        return "no valid JSON: " + e.getOriginalMessage();
    }

    private static String field(JsonMappingException e) {
        return e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(name -> name != null)
                .reduce((first, last) -> last)
                .map(name -> "field '" + name + "'")
                .orElse("the document");
    }

    private static String where(JsonLocation location) {
        return location == null ? "" : ", line " + location.getLineNr();
    }

    private static String oneLine(String message) {
        String first = message.lines().findFirst().orElse(message);
        return SOURCE.matcher(first).replaceAll("line $1");
    }
}
