package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardInspectionTest {
    @TempDir
    Path directory;

    @BeforeEach
    void aSoundProfile() throws Exception {
        Files.createDirectories(directory.resolve("Default/Network"));
        Files.writeString(directory.resolve("Local State"), "{\"a\": {\"b\": [1, 2]}}");
        Files.writeString(directory.resolve("Default/Preferences"), "{}\n");
        Files.writeString(directory.resolve("Default/Cookies"), "SQLite format 3\0and more");
        Files.createFile(directory.resolve("Default/Network/Cookies"));
    }

    @Test
    void aSoundProfilePasses() throws Exception {
        assertThat(objection()).isEmpty();
    }

    @Test
    void anEmptyDirectoryPasses(@TempDir Path empty) throws Exception {
        assertThat(ProfileInspector.standard().objection(inspection(empty))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"a\": ", "[]", "null", "{} {}", "{a: 1}", "\0\0\0\0"})
    void stateThatIsNoJsonObjectDoesNot(String text) throws Exception {
        Files.writeString(directory.resolve("Local State"), text);

        assertThat(objection().orElseThrow()).contains("Local State").contains("no JSON object");
    }

    @Test
    void preferencesThatAreNoTextDoNot() throws Exception {
        Files.write(directory.resolve("Default/Preferences"), "{\"ä\": 1}".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(objection().orElseThrow()).contains("Preferences");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Default/Cookies", "Default/Network/Cookies"})
    void cookiesThatAreNoDatabaseDoNot(String file) throws Exception {
        Files.writeString(directory.resolve(file), "SQLite");

        assertThat(objection().orElseThrow()).contains(file).contains("no SQLite database");
    }

    private Optional<String> objection() throws Exception {
        return ProfileInspector.standard().objection(inspection(directory));
    }

    private static ProfileInspection inspection(Path directory) {
        return new ProfileInspection("shop", directory, Optional.empty(), true);
    }
}
