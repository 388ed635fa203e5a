package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
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
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("Default/Cookies"));
                Statement statement = connection.createStatement()) {
            statement.execute("create table cookies (name text unique, value text)");
            statement.execute("with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)"
                    + " insert into cookies select 'name-' || i, 'value of this cookie' from n");
        }
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

    @Test
    void cookiesInWhichPagesAreBrokenDoNotAndAreNotTouched() throws Exception {
        Path cookies = directory.resolve("Default/Cookies");
        byte[] bytes = Files.readAllBytes(cookies);
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 20_000, (byte) 7);
        Files.write(cookies, bytes);

        assertThat(objection().orElseThrow()).contains("Default/Cookies is damaged");
        assertThat(cookies).hasBinaryContent(bytes);
        assertThat(directory.resolve("Default")).isDirectoryNotContaining("glob:**Cookies-*");
    }

    private Optional<String> objection() throws Exception {
        return ProfileInspector.standard().objection(inspection(directory));
    }

    private static ProfileInspection inspection(Path directory) {
        return new ProfileInspection("shop", directory, Optional.empty(), true);
    }
}
