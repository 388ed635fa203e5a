package dev.browserpool.examples.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;
import java.util.Map;

/** JSON as the API speaks it: instants in ISO 8601, what is not there is left out, what is not known is refused. */
final class Wire {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.USE_DEFAULTS))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private Wire() {}

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON for " + value.getClass(), e);
        }
    }

    /** What an object says, field by field, without those that are not there. */
    static Map<String, Object> fields(Object value) {
        return MAPPER.convertValue(value, new TypeReference<>() {});
    }

    /**
     * Reads the body of a request. An empty one is an empty object.
     *
     * @throws BadRequestException if it is something else; the message says what and where
     */
    static <T> T read(String body, Class<T> as) {
        try {
            return MAPPER.readValue(body.isBlank() ? "{}" : body, as);
        } catch (UnrecognizedPropertyException e) {
            throw new BadRequestException(
                    "the body has a field '" + e.getPropertyName() + "'; known are " + e.getKnownPropertyIds(), e);
        } catch (JsonProcessingException e) {
            throw new BadRequestException("the body is not what is expected here: " + e.getOriginalMessage(), e);
        }
    }

    /** Whether a text is one JSON object and nothing else. */
    static boolean isObject(String text) {
        try {
            return MAPPER.reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(text)
                    .isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
