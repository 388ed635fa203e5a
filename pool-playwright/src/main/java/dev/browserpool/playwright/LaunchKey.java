package dev.browserpool.playwright;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Playwright's options as a text by which two sets of them can be compared, since they have neither equality nor getters. May hold
 * passwords: never to be logged.
 */
final class LaunchKey {
    private static final Logger LOG = LoggerFactory.getLogger(LaunchKey.class);
    private static final Gson GSON = new GsonBuilder()
            .serializeNulls()
            .registerTypeHierarchyAdapter(
                    Path.class, (JsonSerializer<Path>) (path, type, context) -> new JsonPrimitive(path.toString()))
            .registerTypeHierarchyAdapter(Pattern.class, (JsonSerializer<Pattern>)
                    (it, type, context) -> new JsonPrimitive(it.flags() + "/" + it.pattern()))
            .registerTypeHierarchyAdapter(Optional.class, (JsonSerializer<Optional<?>>) (value, type, context) -> {
                JsonArray array = new JsonArray();
                value.ifPresent(it -> array.add(context.serialize(it)));
                return array;
            })
            .create();

    private LaunchKey() {}

    /** Equal for equal options. What can't be compared is like nothing else. */
    static String of(Object options) {
        try {
            return GSON.toJson(options);
        } catch (RuntimeException unknown) {
            LOG.debug("these options can't be compared, so they get a browser of their own", unknown);
            return UUID.randomUUID().toString();
        }
    }
}
