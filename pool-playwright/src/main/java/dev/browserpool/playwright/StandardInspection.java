package dev.browserpool.playwright;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a browser leaves half written when it, or its machine, dies at the wrong moment. */
final class StandardInspection {
    private static final List<String> OBJECTS = List.of("Local State", "Default/Preferences");
    private static final List<String> DATABASES = List.of("Default/Cookies", "Default/Network/Cookies");
    private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final TypeAdapter<JsonElement> JSON = new Gson().getAdapter(JsonElement.class);

    private StandardInspection() {}

    static Optional<String> objection(ProfileInspection inspection) throws IOException {
        Path directory = inspection.directory();
        if (!Files.isReadable(directory) || !Files.isWritable(directory) || !Files.isExecutable(directory)) {
            return Optional.of(directory + " can't be read and written");
        }
        for (Path file : present(directory, OBJECTS)) {
            if (!isObject(file)) {
                return Optional.of(file + " is no JSON object");
            }
        }
        for (Path file : present(directory, DATABASES)) {
            if (Files.size(file) > 0 && !isDatabase(file)) {
                return Optional.of(file + " is no SQLite database");
            }
            Optional<String> damage = CookieDatabases.objection(file);
            if (damage.isPresent()) {
                return damage;
            }
        }
        return Optional.empty();
    }

    private static List<Path> present(Path directory, List<String> names) {
        return names.stream().map(directory::resolve).filter(Files::exists).toList();
    }

    private static boolean isObject(Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file)) {
            JsonReader json = new JsonReader(text);
            return JSON.read(json).isJsonObject() && json.peek() == JsonToken.END_DOCUMENT;
        } catch (JsonParseException | MalformedJsonException | EOFException | CharacterCodingException broken) {
            return false;
        }
    }

    private static boolean isDatabase(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return Arrays.equals(bytes.readNBytes(SQLITE.length), SQLITE);
        }
    }
}
