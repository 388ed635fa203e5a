package dev.browserpool.json;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.browserpool.TaskManifest;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * Reads and writes {@link TaskManifest}s as JSON. A document is a list of tasks, an object {@code {"tasks": [...]}}, or one
 * task:
 *
 * <pre>{@code
 * {
 *   "task_id": "task_101",
 *   "account_id": "store_us",
 *   "profile_id": "profile_store_us_018",
 *   "proxy_id": "proxy_us",
 *   "operation_type": "agent",
 *   "requires_exclusive_profile_lock": true,
 *   "allowed_actions": ["read", "click"],
 *   "lock_timeout_seconds": 900,
 *   "human_review_on_lock_conflict": false,
 *   "description": "watch the orders"
 * }
 * }</pre>
 *
 * <pre>{@code
 * for (TaskManifest task : TaskManifests.read(Path.of("tasks.json"))) {
 *     pool.call(SlotRequest.from(task), lease -> work(task, lease));
 * }
 * }</pre>
 *
 * <p>Only {@code task_id} is required; what the others mean when they are left out is written at
 * {@link TaskManifest#builder(String)}. Reading is strict, since a misspelt field would otherwise be a lock that nobody
 * takes: a field that is unknown, twice there, null or of another type, a value that the manifest refuses, a task id that
 * another task of the document has, bad syntax, and text after the end are refused with a {@link TaskManifestException}
 * that names all of it, with lines.
 *
 * <p>Needs {@code com.fasterxml.jackson.core:jackson-core} on the class path. All methods are safe for many threads.
 */
public final class TaskManifests {
    private static final int MOST_OF_A_BAD_TOKEN = 60;

    private static final JsonFactory JSON = JsonFactory.builder()
            .errorReportConfiguration(ErrorReportConfiguration.builder()
                    .maxErrorTokenLength(MOST_OF_A_BAD_TOKEN)
                    .build())
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private TaskManifests() {}

    /**
     * The tasks of a file, in its order.
     *
     * @throws TaskManifestException if they cannot be read as they are written
     * @throws IOException if the file cannot be read at all
     */
    public static List<TaskManifest> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), in);
        }
    }

    /**
     * The tasks that a stream holds, in UTF-8, 16 or 32. The caller closes it.
     *
     * @param name what messages call it
     * @throws TaskManifestException if they cannot be read as they are written
     * @throws IOException if the stream fails
     */
    public static List<TaskManifest> read(String name, InputStream in) throws IOException {
        try (JsonParser parser = JSON.createParser(in)) {
            return read(name, parser);
        }
    }

    /**
     * The tasks that a reader holds. The caller closes it.
     *
     * @param name what messages call it
     * @throws TaskManifestException if they cannot be read as they are written
     * @throws IOException if the reader fails
     */
    public static List<TaskManifest> read(String name, Reader in) throws IOException {
        try (JsonParser parser = JSON.createParser(in)) {
            return read(name, parser);
        }
    }

    /**
     * The tasks that a text holds.
     *
     * @param name what messages call it
     * @throws TaskManifestException if they cannot be read as they are written
     */
    public static List<TaskManifest> read(String name, String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            return read(name, parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<TaskManifest> read(String name, JsonParser parser) throws IOException {
        Problems problems = new Problems(name);
        try {
            if (parser.nextToken() == null) {
                problems.add(1, "the document is empty");
                problems.throwIfAny();
            }
            List<TaskManifest> tasks = new ManifestReader(problems).read(Json.read(parser));
            if (parser.nextToken() != null) {
                problems.add(Json.line(parser), "there is more after the end of the document; remove it");
            }
            problems.throwIfAny();
            return tasks;
        } catch (JsonProcessingException e) {
            // Where a limit of the parser's own is passed, it gives no location.
            JsonLocation where = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
            throw problems.unreadable(where.getLineNr(), "no valid JSON: " + Words.syntax(e.getOriginalMessage()), e);
        } catch (CharConversionException e) {
            throw problems.unreadable(
                    parser.currentLocation().getLineNr(),
                    "no readable text: " + Words.syntax(String.valueOf(e.getMessage())),
                    e);
        }
    }

    /**
     * A task as one line of JSON, which {@link #read(String, String)} reads back as the same. What is not set is left out.
     *
     * @throws IllegalArgumentException if its lockTimeout is not a whole number of seconds
     */
    public static String toJson(TaskManifest task) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            new ManifestWriter(out).write(task);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * Writes tasks as an indented list, which {@link #read(Path)} reads back as the same. The caller closes the writer.
     *
     * @throws IllegalArgumentException if a lockTimeout is not a whole number of seconds
     * @throws IOException if the writer fails
     */
    public static void write(Writer writer, Collection<TaskManifest> tasks) throws IOException {
        DefaultIndenter indent = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter layout = new DefaultPrettyPrinter();
        layout.indentArraysWith(indent);
        layout.indentObjectsWith(indent);
        try (JsonGenerator out = JSON.createGenerator(writer)) {
            out.setPrettyPrinter(layout);
            new ManifestWriter(out).write(tasks);
        }
    }

    /**
     * Writes tasks into a file, in UTF-8, in place of what it held; see {@link #write(Writer, Collection)}.
     *
     * @throws IllegalArgumentException if a lockTimeout is not a whole number of seconds
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, Collection<TaskManifest> tasks) throws IOException {
        StringWriter text = new StringWriter();
        write(text, tasks);
        Files.writeString(file, text + "\n");
    }
}
