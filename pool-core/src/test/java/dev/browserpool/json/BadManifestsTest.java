package dev.browserpool.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.browserpool.json.TaskManifestException.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, with which words, on which line. */
class BadManifestsTest {
    private static final String KNOWN = "[task_id, account_id, profile_id, proxy_id, operation_type,"
            + " requires_exclusive_profile_lock, allowed_actions, lock_timeout_seconds, human_review_on_lock_conflict,"
            + " description]";

    /** Single quotes stand for double ones. */
    private static TaskManifestException refusal(String json) {
        return catchThrowableOfType(
                TaskManifestException.class, () -> TaskManifests.read("tasks.json", json.replace('\'', '"')));
    }

    /** A task with this field on line 3. */
    private static TaskManifestException refusalOf(String field) {
        return refusal("{\n  'task_id': 'a',\n  " + field + "\n}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'lock_timeout_seconds': 0      | field 'lock_timeout_seconds' is 0, it must be at least 1
            'lock_timeout_seconds': -0     | field 'lock_timeout_seconds' is -0, it must be at least 1
            'lock_timeout_seconds': -5     | field 'lock_timeout_seconds' is -5, it must be at least 1
            'lock_timeout_seconds': 4611686019 | field 'lock_timeout_seconds' is 4611686019, it must be at most 4611686018
            'lock_timeout_seconds': 99999999999999999999 | \
            field 'lock_timeout_seconds' is 99999999999999999999, it must be at most 4611686018
            'lock_timeout_seconds': -99999999999999999999 | \
            field 'lock_timeout_seconds' is -99999999999999999999, it must be at least 1
            'lock_timeout_seconds': 1.5    | field 'lock_timeout_seconds' is 1.5, it must be a whole number of seconds
            'lock_timeout_seconds': 9e2    | field 'lock_timeout_seconds' is 9e2, it must be a whole number of seconds
            'lock_timeout_seconds': '900'  | field 'lock_timeout_seconds' is '900', it must be a whole number of seconds
            'account_id': 17               | field 'account_id' is 17, it must be a string
            'account_id': ' '              | field 'account_id' is blank; give it a name, or leave it out
            'account_id': null             | \
            field 'account_id' is null, it must be a string; leave it out for the default
            'proxy_id': {'host': 'secret'} | field 'proxy_id' is an object, it must be a string
            'proxy_id': 'a\\u0007b'        | field 'proxy_id' 'a\\?b' contains a control character; remove it
            'profile_id': '../etc'         | \
            field 'profile_id' '../etc' is a name, never a path: it must match [A-Za-z0-9][A-Za-z0-9._-]{0,127}
            'operation_type': 'Agent'      | \
            field 'operation_type' 'Agent' must match [a-z][a-z0-9_]{0,31}: lower case, digits and underscores, at most 32 characters
            'requires_exclusive_profile_lock': 'yes' | \
            field 'requires_exclusive_profile_lock' is 'yes', it must be true or false
            'human_review_on_lock_conflict': 0 | field 'human_review_on_lock_conflict' is 0, it must be true or false
            'allowed_actions': 'read'      | field 'allowed_actions' is 'read', it must be a list of names
            'allowed_actions': null        | \
            field 'allowed_actions' is null, it must be a list of names; leave it out for the default
            'allowed_actions': [7]         | field 'allowed_actions' is 7, it must be a string
            'allowed_actions': ['Read']    | \
            field 'allowed_actions' 'Read' must match [a-z][a-z0-9_]{0,63}: lower case letters, digits and underscores, at most 64 characters
            'allowed_actions': ['a', 'a']  | field 'allowed_actions' 'a' is there twice; keep one
            'description': ['a']           | field 'description' is a list, it must be a string
            'task_id': 'b'                 | field 'task_id' is there twice, first on line 2; keep one
            """)
    void aBadFieldIsRefusedWithLineFieldAndValue(String field, String message) {
        assertThat(refusalOf(field)).hasMessage("tasks.json, line 3: " + message);
    }

    @Test
    void anUnknownFieldIsNamedWithTheKnownOnesAndWithoutItsValue() {
        assertThat(refusalOf("'password': 'secret'"))
                .hasMessage("tasks.json, line 3: unknown field 'password'; known are " + KNOWN);
        assertThat(refusal("{'tasks': [],\n'version': 1}"))
                .hasMessage("tasks.json, line 2: unknown field 'version'; known are [tasks]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []]                     | 1 | no valid JSON: Unexpected close marker ']': no open Array to close
            {'task_id': 'a'}\\n{}   | 2 | there is more after the end of the document; remove it
            []\\n\\nx               | 3 | no valid JSON: Unrecognized token 'x'
            [\\n{'task_id': 'a',}\\n] | 2 | no valid JSON: Unexpected character ('}'
            [\\n{'task_id': 'a'}\\n | 3 | no valid JSON: Unexpected end-of-input: expected close marker for Array (start marker at line 1)
            [{'task_id': 'a\\nb'}]  | 1 | no valid JSON: Illegal unquoted character
            // comment              | 1 | no valid JSON: Unexpected character ('/'
            {'task_id': NaN}        | 1 | no valid JSON: Non-standard token 'NaN'
            {'task_id': null}       | 1 | field 'task_id' is null, it must be a string
            {}                      | 1 | field 'task_id' is missing
            [\\n  {},\\n {'task_id': 'a'}] | 2 | field 'task_id' is missing
            [\\n 5]                 | 2 | a task is 5, it must be an object
            \\n'a'                  | 2 | the document is 'a', it must be a list of tasks, an object with the field
            {\\n'tasks': {}}        | 2 | field 'tasks' is an object, it must be a list of tasks
            {'tasks': [],\\n'tasks': []} | 2 | field 'tasks' is there twice, first on line 1; keep one
            """)
    void aBadDocumentIsRefusedWithItsLine(String document, int line, String message) {
        assertThat(refusal(document.replace("\\n", "\n")))
                .hasMessageStartingWith("tasks.json, line " + line + ": " + message)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n "})
    void anEmptyDocumentIsRefused(String document) {
        assertThat(refusal(document)).hasMessage("tasks.json, line 1: the document is empty");
    }

    @Test
    void aTaskIdThatIsThereAlreadyIsRefusedNamingBothLines() {
        assertThat(refusal("[\n{'task_id': 'a'},\n{'task_id': 'b'},\n{\n'task_id': 'a'}\n]"))
                .hasMessage("tasks.json, line 5: field 'task_id' is 'a', as on line 2 already;"
                        + " each task needs an id of its own");
    }

    @Test
    void allProblemsAreNamedAtOnceInTheOrderOfTheLines() {
        TaskManifestException refusal = refusal("""
                {'tasks': [
                  {'account_id': 5,
                   'lock_timeout_seconds': 0},
                  {'task_id': 'ok'},
                  {'task_id': 'b',
                   'allowed_actions': [
                     'read',
                     'Write',
                     'read'
                   ],
                   'profil_id': 'x'}
                ]} true
                """);

        assertThat(refusal.source()).isEqualTo("tasks.json");
        assertThat(refusal.problems()).extracting(Problem::line).containsExactly(2, 2, 3, 8, 9, 11, 12);
        assertThat(refusal.problems())
                .contains(new Problem(
                        3,
                        Optional.of("lock_timeout_seconds"),
                        Optional.of("0"),
                        "field 'lock_timeout_seconds' is 0, it must be at least 1"))
                .extracting(problem -> problem.field().orElse("-"))
                .containsExactly(
                        "task_id",
                        "account_id",
                        "lock_timeout_seconds",
                        "allowed_actions",
                        "allowed_actions",
                        "profil_id",
                        "-");
        assertThat(refusal.getMessage().lines()).hasSize(7).allMatch(line -> line.startsWith("tasks.json, line "));
    }

    @Test
    void aMessageShowsTwentyProblemsAndCountsTheRest() {
        TaskManifestException refusal = refusal("[" + "{},\n".repeat(24) + "{}]");

        assertThat(refusal.problems()).hasSize(25);
        assertThat(refusal.getMessage().lines()).hasSize(21).last().isEqualTo("tasks.json: and 5 more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'account_id'",
                "'profile_id'",
                "'operation_type'",
                "'description'",
                "'lock_timeout_seconds'",
                "'allowed_actions'"
            })
    void aLongValueIsCut(String field) {
        TaskManifestException refusal = refusalOf(field + ": '" + "A".repeat(5_000) + "'");

        assertThat(refusal).hasMessageNotContaining("A".repeat(61)).hasMessageContaining("…");
        assertThat(refusal.problems().get(0).value().orElseThrow()).isEqualTo("'" + "A".repeat(60) + "…'");
    }

    @Test
    void aLongNameOrWordIsCutToo() {
        assertThat(refusalOf("'" + "A".repeat(5_000) + "': 1"))
                .hasMessageNotContaining("A".repeat(61))
                .hasMessageContaining("A".repeat(60) + "…'; known are");
        assertThat(refusalOf("'account_id': " + "A".repeat(5_000))).hasMessageNotContaining("A".repeat(61));
        assertThat(refusalOf("'lock_timeout_seconds': " + "1".repeat(900))).hasMessageNotContaining("1".repeat(61));
    }

    @Test
    void noControlCharacterReachesAMessage() {
        assertThat(refusalOf("'a\\u001b[31m\\nb': 1"))
                .hasMessageContaining("unknown field 'a\\?[31m\\?b'")
                .hasMessageNotContaining("\u001b");
        assertThat(refusalOf("'operation_type': 'a\\u001b\\nb'"))
                .hasMessageContaining("'a\\?\\?b'")
                .hasMessageNotContaining("\u001b");
    }

    @Test
    void aNestingWithoutEndIsRefused() {
        assertThat(refusal("\n" + "[".repeat(100_000)))
                .hasMessageStartingWith("tasks.json, line 2: no valid JSON: Document nesting depth (1001) exceeds");
    }

    @Test
    void aFileIsNamedByItsPath(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("tasks.json"), "[\n{}]");

        assertThat(catchThrowableOfType(TaskManifestException.class, () -> TaskManifests.read(file)))
                .hasMessage(file + ", line 2: field 'task_id' is missing");
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        byte[] latin = "[\n{\"task_id\": \"Köln\"}]".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(refusal(latin)).hasMessageStartingWith("stream, line 2: no valid JSON: Invalid UTF-8 middle byte");
    }

    @Test
    void bytesThatAreNoUtf32AreRefusedOnTheLineUpToWhichTheTextWasRead() {
        byte[] broken = withBrokenTail("[\n{\"task_id\": \"Köln\"}]".getBytes(Charset.forName("UTF-32BE")));

        assertThat(refusal(broken)).hasMessageStartingWith("stream, line 1: no readable text: Invalid UTF-32");
    }

    private static TaskManifestException refusal(byte[] bytes) {
        return catchThrowableOfType(
                TaskManifestException.class, () -> TaskManifests.read("stream", new ByteArrayInputStream(bytes)));
    }

    private static byte[] withBrokenTail(byte[] bytes) {
        byte[] broken = bytes.clone();
        broken[broken.length - 8] = 0x7f;
        return broken;
    }

    @Test
    void aByteOrderMarkBeforeATextIsNoProblem() throws IOException {
        byte[] bytes = "\ufeff[{\"task_id\": \"a\"}]".getBytes(StandardCharsets.UTF_8);

        assertThat(TaskManifests.read("stream", new ByteArrayInputStream(bytes)))
                .hasSize(1);
    }

    @Test
    void aDamagedDocumentIsReadOrRefusedInItsOwnWordsAndNothingElse() {
        String good = "[\n{\"task_id\": \"a\", \"allowed_actions\": [\"read\"],\n\"lock_timeout_seconds\": 900},\n"
                + "{\"task_id\": \"b\", \"requires_exclusive_profile_lock\": false, \"account_id\": \"c\"}\n]";
        String pieces = "[]{}:,\"\\ \n0-.etfn\u0000\ufffe";
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            StringBuilder damaged = new StringBuilder(good);
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                int at = random.nextInt(damaged.length());
                int piece = random.nextInt(pieces.length());
                damaged.replace(at, at + random.nextInt(3), pieces.substring(piece, piece + random.nextInt(2)));
            }
            try {
                assertThat(TaskManifests.read("tasks.json", damaged.toString())).hasSizeLessThan(3);
            } catch (TaskManifestException e) {
                refused++;
                assertThat(e.problems()).isNotEmpty().allMatch(problem -> problem.line() >= 1);
                assertThat(e.getMessage().lines()).allMatch(line -> line.startsWith("tasks.json, line "));
            }
        }
        assertThat(refused).isBetween(3_000, 4_999);
    }
}
