package dev.browserpool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.examples.log.LogLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
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
                .contains(
                        "--tasks",
                        "--slots",
                        "--workers",
                        "--headed",
                        "--evidence",
                        "--profiles",
                        "--log",
                        "--review",
                        "--dashboard")
                .contains("Exit codes");
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
    void aLogThatCannotBeWrittenIsOneLineAndCodeTwo() {
        assertRefused("--log " + directory, "--log", directory.toString());
    }

    @Test
    void anUnknownReviewerIsOneLineAndCodeTwo() {
        assertRefused("Invalid value for option '--review'", "--review", "nobody");
    }

    @Test
    void anEvidenceDirectoryThatIsAFileIsOneLineAndCodeTwo() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertRefused("--evidence " + file, "--evidence", file.toString(), "--profiles", directory.toString());
    }

    @Test
    void aRunWhoseFailuresAreMeantPassesItsOwnChecks() throws IOException {
        int code = demo(tasks("""
                {"task_id": "fill", "account_id": "amelia", "operation_type": "agent", "action": "add_to_cart", "items": ["tea"]},
                {"task_id": "read", "account_id": "amelia", "operation_type": "test_run", "action": "read_cart"},
                {"task_id": "look", "operation_type": "exploration", "action": "check_prices", "items": ["mug"]},
                {"task_id": "buy", "account_id": "bruno", "operation_type": "prd", "action": "check_out", "expect": "failure"}
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
                {"task_id": "buy", "account_id": "bruno", "operation_type": "prd", "action": "check_out"}
                """));

        assertThat(out.toString(UTF_8)).contains("only the tasks that fail on purpose failed (unexpected: [buy])");
        assertThat(code).as(out.toString(UTF_8)).isEqualTo(1);
    }

    @Test
    void aVanishedWorkerIsRecoveredAndAQuarantineClearedAndAllOfItIsOnTheLog() throws IOException {
        int code = demo(withOneWorker(tasks("""
                {"task_id": "ghost", "account_id": "amelia", "action": "sign_in", "lock_timeout_seconds": 1, "expect": "vanish"},
                {"task_id": "odd", "account_id": "bruno", "action": "sign_in", "expect": "review"},
                {"task_id": "late", "account_id": "bruno", "action": "read_cart", "expect": "skip"},
                {"task_id": "heir", "account_id": "amelia", "action": "add_to_cart", "items": ["mug"]},
                {"task_id": "asks", "account_id": "bruno", "action": "add_to_cart", "items": ["tea"],
                 "human_review_on_lock_conflict": true}
                """)));

        assertThat(code).as(out.toString(UTF_8)).isZero();
        assertThat(out.toString(UTF_8))
                .contains("Recovered profile_amelia from worker-ghost, by heir")
                .contains("last checkpoint: packed the tea")
                .contains("rita looks at the evidence of profile_bruno")
                .contains("✓ profile_bruno was cleared, and used again (by rita; then asks completed)")
                .contains("✓ every conflict is on the log exactly once")
                .contains("Log: " + log());
        List<LogLine> log = LogLine.read(log());
        assertThat(log).extracting(LogLine::event).contains("profile_quarantined", "profile_cleared", "task_reviewed");
        assertThat(log).filteredOn(line -> line.event().equals("task_ended")).hasSize(4 + 2);
        assertThat(log)
                .filteredOn(line -> line.event().equals("profile_recovered"))
                .singleElement()
                .satisfies(line -> assertThat(line.values())
                        .containsEntry("task_id", "heir")
                        .containsEntry("profile_id", "profile_amelia")
                        .containsEntry("from_worker_id", "worker-ghost")
                        .containsEntry("last_checkpoint", "packed the tea"));
        assertEveryRefusalIsThereOnce(log);
    }

    private static void assertEveryRefusalIsThereOnce(List<LogLine> log) {
        List<LogLine> conflicts = log.stream()
                .filter(line -> line.event().equals("profile_conflict"))
                .toList();
        List<String> decided = log.stream()
                .filter(line -> Set.of("task_rescheduled", "task_waits", "task_reviewed", "task_skipped")
                        .contains(line.event()))
                .map(line -> line.value("task_id"))
                .toList();
        assertThat(conflicts)
                .filteredOn(line -> line.value("decision").equals("refuse"))
                .extracting(line -> line.value("blocked_task_id"))
                .containsExactlyInAnyOrderElementsOf(decided);
        assertThat(conflicts)
                .allSatisfy(line -> assertThat(line.values())
                        .containsOnlyKeys(
                                "event",
                                "profile_id",
                                "blocked_task_id",
                                "current_task_id",
                                "current_worker_id",
                                "decision",
                                "next_check_seconds",
                                "detected_by"));
    }

    @Test
    void aPersonClearsAProfileFromTheCommandLine() throws Exception {
        PipedOutputStream keyboard = new PipedOutputStream();
        InputStream input = new PipedInputStream(keyboard);
        String[] args = withOneWorker(tasks("""
                {"task_id": "odd", "account_id": "bruno", "action": "sign_in", "expect": "review"},
                {"task_id": "asks", "account_id": "bruno", "action": "add_to_cart", "items": ["tea"],
                 "human_review_on_lock_conflict": true}
                """, "--review", "ask"));
        FutureTask<Integer> demo = new FutureTask<>(() -> demo(input, args));
        Thread thread = new Thread(demo, "demo");
        thread.setDaemon(true);
        thread.start();

        awaitOutput("type: clear profile_bruno WHO NOTE, or: skip asks WHY");
        keyboard.write("clear profile_bruno me it was me\n".getBytes(UTF_8));
        keyboard.flush();

        assertThat(demo.get(60, SECONDS)).as(out.toString(UTF_8)).isZero();
        assertThat(out.toString(UTF_8))
                .contains("profile_bruno is cleared", "cleared by me: it was me", "then asks completed");
        keyboard.close();
    }

    /** So that the order is that of the file. */
    private static String[] withOneWorker(String... args) {
        return Stream.concat(Stream.of("--workers", "1"), Stream.of(args)).toArray(String[]::new);
    }

    private void awaitOutput(String text) {
        await().atMost(60, SECONDS).until(() -> out.toString(UTF_8).contains(text));
    }

    private String[] tasks(String tasks, String... more) throws IOException {
        Path file = Files.writeString(directory.resolve("tasks.json"), """
                {"accounts": [
                  {"account_id": "amelia", "profile_id": "profile_amelia"},
                  {"account_id": "bruno", "profile_id": "profile_bruno"}],
                "tasks": [%s]}
                """.formatted(tasks));
        Stream<String> all = Stream.of(
                "--tasks", file.toString(),
                "--evidence", directory.resolve("evidence").toString(),
                "--profiles", directory.resolve("profiles").toString(),
                "--log", log().toString(),
                "--slots", "2");
        return Stream.concat(all, Stream.of(more)).toArray(String[]::new);
    }

    private Path log() {
        return directory.resolve("log.jsonl");
    }

    private void assertRefused(String expected, String... args) {
        assertThat(demo(args)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains(expected).hasLineCount(1);
    }

    private int demo(String... args) {
        return demo(InputStream.nullInputStream(), args);
    }

    private int demo(InputStream in, String... args) {
        return Demo.run(in, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
    }
}
