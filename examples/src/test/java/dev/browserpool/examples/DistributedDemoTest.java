package dev.browserpool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.examples.log.LogLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** {@code ./demo --redis} as its user sees it: real JVMs, real browsers, a real server. */
@Isolated("the demo counts the browsers of this JVM")
class DistributedDemoTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void aKilledWorkersSlotAndProfileComeBackAndNothingIsLeft() throws IOException {
        List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
        int code = demo(tasks("""
                {"task_id": "half", "account_id": "amelia", "action": "add_to_cart", "items": ["tea"], "expect": "vanish"},
                {"task_id": "other", "account_id": "bruno", "action": "add_to_cart", "items": ["mug"]},
                {"task_id": "heir", "account_id": "amelia", "action": "add_to_cart", "items": ["plant"]},
                {"task_id": "left", "account_id": "bruno", "action": "add_to_cart", "items": ["coffee"]},
                {"task_id": "last", "account_id": "bruno", "action": "add_to_cart", "items": ["honey"]}
                """));

        assertThat(err.toString(UTF_8)).isEmpty();
        assertThat(code).as(out.toString(UTF_8)).isZero();
        assertThat(out.toString(UTF_8))
                .containsPattern("worker-1, process \\d+, is killed with -9 in the middle of half")
                .containsPattern("(left|last) +\\| bruno +\\| worker-[23] .*✓ added")
                .containsPattern("is killed with -9, 'packed the cart' +\\| worker-1, process \\d+")
                .containsPattern("gets the slot +\\| (heir|left|last|other) on worker-[23]")
                .containsPattern("recovers profile_amelia +\\| heir on worker-[23]")
                .contains("✓ every cart holds exactly the items of its account (2 carts, 5 items")
                .contains("✓ never more than 2 browsers")
                .contains("✓ nobody is left in the store", "✓ nothing is left behind");
        List<LogLine> log = new ArrayList<>(LogLine.read(directory.resolve("worker-2.jsonl")));
        log.addAll(LogLine.read(directory.resolve("worker-3.jsonl")));
        assertThat(log)
                .filteredOn(line -> line.event().equals("profile_recovered"))
                .singleElement()
                .satisfies(line -> assertThat(line.values())
                        .containsEntry("from_worker_id", "worker-1")
                        .containsEntry("last_checkpoint", "packed the cart"));
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isSubsetOf(before);
    }

    @Test
    void aTaskFileThatNeedsOneJvmIsOneLineAndCodeTwo() throws IOException {
        assertThat(demo(tasks("""
                {"task_id": "odd", "account_id": "bruno", "action": "sign_in", "expect": "review"}
                """))).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .contains("task 'odd' can't be done with --redis: there is nobody who reviews")
                .hasLineCount(1);
    }

    @Test
    void oneWorkerIsNotEnough() {
        assertThat(demo("--redis", "--workers", "1")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("--redis needs two --workers at least");
    }

    private String[] tasks(String tasks) throws IOException {
        Path file = Files.writeString(directory.resolve("tasks.json"), """
                {"accounts": [
                  {"account_id": "amelia", "profile_id": "profile_amelia"},
                  {"account_id": "bruno", "profile_id": "profile_bruno"}],
                "tasks": [%s]}
                """.formatted(tasks));
        return Stream.of(
                        List.of("--redis", "--tasks", file.toString()),
                        List.of("--evidence", directory.resolve("evidence").toString()),
                        List.of("--profiles", directory.resolve("profiles").toString()),
                        List.of("--log", directory.resolve("log.jsonl").toString()))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    private int demo(String... args) {
        return Demo.run(
                InputStream.nullInputStream(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                args);
    }
}
