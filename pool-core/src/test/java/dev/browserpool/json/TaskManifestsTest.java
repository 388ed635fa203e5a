package dev.browserpool.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.browserpool.OperationType;
import dev.browserpool.TaskManifest;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Good documents, and that what is written is read back as the same. */
class TaskManifestsTest {
    private static final TaskManifest FULL = TaskManifest.builder("task_101")
            .accountId("store_us")
            .profileId("profile_store_us_018")
            .proxyId("proxy_us")
            .type(new OperationType("nightly_crawl"))
            .requiresExclusiveProfileLock(false)
            .allowedActions(new LinkedHashSet<>(List.of("read", "click")))
            .lockTimeout(Duration.ofMinutes(15))
            .humanReviewOnLockConflict(true)
            .description("watch the \"orders\" in Köln")
            .build();
    private static final String FULL_JSON = """
            {"task_id":"task_101","account_id":"store_us","profile_id":"profile_store_us_018","proxy_id":"proxy_us",\
            "operation_type":"nightly_crawl","requires_exclusive_profile_lock":false,\
            "allowed_actions":["read","click"],"lock_timeout_seconds":900,"human_review_on_lock_conflict":true,\
            "description":"watch the \\"orders\\" in Köln"}""";

    @TempDir
    Path folder;

    @Test
    void everyFieldIsReadAndWritten() {
        assertThat(TaskManifests.read("text", FULL_JSON)).containsExactly(FULL);
        assertThat(TaskManifests.toJson(FULL)).isEqualTo(FULL_JSON);
    }

    @Test
    void aTaskNeedsOnlyItsId() {
        TaskManifest bare = TaskManifest.builder("task").build();

        assertThat(TaskManifests.read("text", "{'task_id':'task'}".replace('\'', '"')))
                .containsExactly(bare);
        assertThat(TaskManifests.toJson(bare))
                .isEqualTo("{'task_id':'task','operation_type':'agent','requires_exclusive_profile_lock':true,"
                                .replace('\'', '"')
                        + "\"human_review_on_lock_conflict\":false}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'task_id':'a'},{'task_id':'b'}]",
                "{'tasks':[{'task_id':'a'},{'task_id':'b'}]}",
                " \n { 'tasks' : [\n {'task_id' : 'a'} ,\n {'task_id':'b'} ] }\n "
            })
    void aDocumentIsAListOrAnObjectWithTasks(String json) {
        assertThat(TaskManifests.read("text", json.replace('\'', '"')))
                .extracting(TaskManifest::taskId)
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"tasks\":[]}"})
    void aListMayBeEmpty(String json) {
        assertThat(TaskManifests.read("text", json)).isEmpty();
    }

    @Test
    void anEmptyListOfActionsIsNotTheSameAsNone() {
        TaskManifest nothing =
                TaskManifest.builder("task").allowedActions(Set.of()).build();

        List<TaskManifest> back = TaskManifests.read("text", TaskManifests.toJson(nothing));

        assertThat(back).containsExactly(nothing);
        assertThat(back.get(0).allowedActions()).contains(Set.of());
    }

    @Test
    void theLongestLockTimeoutIsReadBackToo() {
        TaskManifest patient = TaskManifest.builder("task")
                .lockTimeout(Duration.ofSeconds(4_611_686_018L))
                .build();

        assertThat(TaskManifests.read("text", TaskManifests.toJson(patient))).containsExactly(patient);
    }

    @Test
    void aPartOfASecondIsNotRoundedAwaySilently() {
        TaskManifest task = TaskManifest.builder("task")
                .lockTimeout(Duration.ofMillis(1_500))
                .build();

        assertThatThrownBy(() -> TaskManifests.toJson(task))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lockTimeout of task task is PT1.5S, and JSON holds whole seconds; round it");
    }

    @Test
    void aFileIsWrittenForPeopleAndReadBack() throws IOException {
        Path file = folder.resolve("tasks.json");
        List<TaskManifest> tasks = List.of(FULL, TaskManifest.builder("task").build());

        TaskManifests.write(file, tasks);

        assertThat(TaskManifests.read(file)).isEqualTo(tasks);
        assertThat(Files.readString(file))
                .startsWith("[\n  {\n    \"task_id\" : \"task_101\",\n")
                .endsWith("]\n");
    }

    @Test
    void aFileThatIsNotThereIsNoBadDocument() {
        assertThatThrownBy(() -> TaskManifests.read(folder.resolve("none.json")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-32BE"})
    void aStreamMayHaveAnyUnicodeEncoding(String charset) throws IOException {
        byte[] bytes = FULL_JSON.getBytes(Charset.forName(charset));

        assertThat(TaskManifests.read("stream", new ByteArrayInputStream(bytes)))
                .containsExactly(FULL);
    }

    @Test
    void theCallerClosesWhatItOpened() throws IOException {
        List<String> closed = new ArrayList<>();
        InputStream stream =
                new FilterInputStream(new ByteArrayInputStream(FULL_JSON.getBytes(StandardCharsets.UTF_8))) {
                    @Override
                    public void close() {
                        closed.add("stream");
                    }
                };
        Reader reader = new FilterReader(new StringReader(FULL_JSON)) {
            @Override
            public void close() {
                closed.add("reader");
            }
        };

        assertThat(TaskManifests.read("stream", stream)).containsExactly(FULL);
        assertThat(TaskManifests.read("reader", reader)).containsExactly(FULL);
        assertThat(closed).isEmpty();
    }

    @Test
    void whateverAManifestHoldsIsReadBackAsTheSame() throws IOException {
        Random random = new Random(20_240_611);
        Path file = folder.resolve("many.json");
        List<TaskManifest> tasks = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            TaskManifest task = any(random, i);
            assertThat(TaskManifests.read("text", TaskManifests.toJson(task))).containsExactly(task);
            tasks.add(task);
        }

        TaskManifests.write(file, tasks);

        assertThat(TaskManifests.read(file)).isEqualTo(tasks);
    }

    private static TaskManifest any(Random random, int number) {
        TaskManifest.Builder task = TaskManifest.builder(number + anyText(random, 150))
                .requiresExclusiveProfileLock(random.nextBoolean())
                .humanReviewOnLockConflict(random.nextBoolean());
        sometimes(random, () -> task.accountId("a" + anyText(random, 190)));
        sometimes(random, () -> task.profileId("0" + from(random, "aZ9._-", 127)));
        sometimes(random, () -> task.proxyId("p" + anyText(random, 190)));
        sometimes(random, () -> task.type(new OperationType("t" + from(random, "az09_", 31))));
        sometimes(random, () -> task.description(anyText(random, 200)));
        sometimes(random, () -> task.lockTimeout(Duration.ofSeconds(1 + (random.nextLong() >>> 32))));
        sometimes(random, () -> {
            Set<String> actions = new LinkedHashSet<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                actions.add("a" + from(random, "az09_", 63));
            }
            return task.allowedActions(actions);
        });
        return task.build();
    }

    private static void sometimes(Random random, Supplier<TaskManifest.Builder> step) {
        if (random.nextBoolean()) {
            assertThat(step.get()).isNotNull();
        }
    }

    /** Letters of all planes, quotes, backslashes and blanks; no control characters, which no manifest may hold. */
    private static String anyText(Random random, int longest) {
        return from(random, "aZ 0\"\\/'{}[]:,äß漢\ufeff😀\u00a0", longest);
    }

    private static String from(Random random, String letters, int longest) {
        int[] points = letters.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(longest + 1);
        while (text.length() < length - 1) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }
}
