package dev.browserpool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The command as its user sees it: what it prints, and its exit code. */
@Isolated("the demo counts the browsers of this JVM")
class DemoTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void helpNamesEveryOption() {
        assertThat(demo("--help")).isZero();
        assertThat(out.toString(UTF_8))
                .contains("--tasks", "--slots", "--workers", "--headed", "--evidence", "--profiles", "Exit codes");
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(demo("--version")).isZero();
        assertThat(out.toString(UTF_8)).matches("browser pool demo \\d+\\.\\d+\\.\\d+.*\\R");
    }

    @Test
    void anUnknownOptionIsOneLineAndCodeTwo() {
        assertRefused("Unknown option: '--slot'", "--slot");
    }

    @Test
    void aValueThatIsNoNumberIsOneLineAndCodeTwo() {
        assertRefused("Invalid value for option '--slots'", "--slots", "many");
    }

    @Test
    void noSlotsAreOneLineAndCodeTwo() {
        assertRefused("--slots is 0, but must be at least 1", "--slots", "0");
    }

    @Test
    void noWorkersAreOneLineAndCodeTwo() {
        assertRefused("--workers is -1, but must be at least 1", "--workers", "-1");
    }

    @Test
    void aMissingTaskFileIsOneLineAndCodeTwo() {
        assertRefused("task file nowhere.json does not exist", "--tasks", "nowhere.json");
    }

    @Test
    void aBrokenTaskFileIsOneLineAndCodeTwo() throws IOException {
        Path broken = Files.writeString(directory.resolve("tasks.json"), "{\n  \"tasks\": oops\n}");

        assertRefused("tasks.json, line 2: no valid JSON", "--tasks", broken.toString());
    }

    @Test
    void anEvidenceDirectoryThatIsAFileIsOneLineAndCodeTwo() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertRefused("--evidence " + file, "--evidence", file.toString(), "--profiles", directory.toString());
    }

    @Test
    void aRunWhoseFailuresAreMeantPassesItsOwnChecks() throws IOException {
        int code = demo(tasks("""
                {"task_id": "fill", "account_id": "amelia", "type": "agent", "action": "add_to_cart", "items": ["tea"]},
                {"task_id": "read", "account_id": "amelia", "type": "test_run", "action": "read_cart"},
                {"task_id": "look", "type": "exploration", "action": "check_prices", "items": ["mug"]},
                {"task_id": "buy", "account_id": "bruno", "type": "prd", "action": "check_out", "expect": "failure"}
                """));

        assertThat(err.toString(UTF_8)).isEmpty();
        assertThat(out.toString(UTF_8))
                .contains("added tea", "mug €18.50", "the checkout answered 500", "(on purpose)")
                .contains("every cart holds exactly the items of its account (2 carts, 1 items")
                .contains("nothing is left running");
        assertThat(code).as(out.toString(UTF_8)).isZero();
        try (Stream<Path> evidence = Files.walk(directory.resolve("evidence"))) {
            assertThat(evidence).anyMatch(path -> path.toString().endsWith(".png"));
        }
    }

    @Test
    void anUnexpectedFailureIsCodeOne() throws IOException {
        int code = demo(tasks("""
                {"task_id": "buy", "account_id": "bruno", "type": "prd", "action": "check_out"}
                """));

        assertThat(out.toString(UTF_8)).contains("only the tasks that fail on purpose failed (unexpected: [buy])");
        assertThat(code).as(out.toString(UTF_8)).isEqualTo(1);
    }

    private String[] tasks(String tasks) throws IOException {
        Path file = Files.writeString(directory.resolve("tasks.json"), """
                {"accounts": [
                  {"account_id": "amelia", "profile_id": "profile_amelia"},
                  {"account_id": "bruno", "profile_id": "profile_bruno"}],
                "tasks": [%s]}
                """.formatted(tasks));
        return new String[] {
            "--tasks", file.toString(),
            "--evidence", directory.resolve("evidence").toString(),
            "--profiles", directory.resolve("profiles").toString(),
            "--slots", "2"
        };
    }

    private void assertRefused(String expected, String... args) {
        assertThat(demo(args)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains(expected).hasLineCount(1);
    }

    private int demo(String... args) {
        return Demo.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
    }
}
