package dev.browserpool.playwright;

import dev.browserpool.playwright.host.Directories;
import dev.browserpool.playwright.host.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * Has SQLite itself look through the database of the cookies, if its driver for Java ({@code org.xerial:sqlite-jdbc}) is on the class
 * path. On a copy, together with the journal that a killed browser left: what SQLite would repair by that is no damage, and repairing
 * would be a change.
 */
final class CookieDatabases {
    private static final List<String> BESIDE = List.of("", "-journal", "-wal");
    private static final boolean CAN_LOOK = hasDriver();

    private CookieDatabases() {}

    private static boolean hasDriver() {
        try {
            Class.forName("org.sqlite.JDBC");
            return true;
        } catch (ClassNotFoundException | LinkageError none) {
            return false;
        }
    }

    /** Why it can't be used; empty if it is sound, or nobody can look. */
    static Optional<String> objection(Path database) throws IOException {
        if (!CAN_LOOK) {
            return Optional.empty();
        }
        Path copies = TemporaryDirectory.create();
        try {
            Path copy = copies.resolve("cookies");
            for (String suffix : BESIDE) {
                Path file = Path.of(database + suffix);
                if (Files.exists(file)) {
                    Files.copy(file, Path.of(copy + suffix));
                }
            }
            return check(copy).map(problem -> database + " is damaged: " + problem);
        } finally {
            Directories.delete(copies);
        }
    }

    private static Optional<String> check(Path copy) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("PRAGMA quick_check(1)")) {
            String said = answer.next() ? answer.getString(1) : "no answer";
            return said.equals("ok") ? Optional.empty() : Optional.of(said);
        } catch (SQLException damaged) {
            return Optional.of(String.valueOf(damaged.getMessage()));
        }
    }
}
