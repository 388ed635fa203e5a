package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.playwright.host.CommandLine;
import dev.browserpool.playwright.host.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a JVM ends, nothing that waits in it for a next session is left. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class IdleJvmEndTest {
    /** They wait most of their time. */
    @ParameterizedTest
    @ValueSource(strings = {"in order", "killed", "killed with all frozen", "killed with all of them"})
    @Execution(ExecutionMode.CONCURRENT)
    void leavesNoProcessAndNoTemporaryDirectory(String end, @TempDir Path directory) throws Exception {
        try (OtherJvm jvm = OtherJvm.run(IdleJvm.class, directory.toString())) {
            assertThat(jvm.nextLine()).isEqualTo("idle");
            List<ProcessHandle> family =
                    ProcessHandle.of(jvm.pid()).orElseThrow().descendants().toList();
            assertThat(family.stream().filter(IdleJvmEndTest::isDriver)).hasSize(2);
            assertThat(family).anyMatch(IdleJvmEndTest::isWarmBrowser);
            if (end.contains("frozen")) {
                family.stream()
                        .filter(process -> isDriver(process) || isWarmBrowser(process))
                        .forEach(process -> Machine.signal("STOP", process));
            }
            if (end.contains("killed")) {
                jvm.process().destroyForcibly();
                if (end.contains("of them")) {
                    family.stream()
                            .filter(process -> isDriver(process) || isWarmBrowser(process))
                            .forEach(ProcessHandle::destroyForcibly); // no driver removes what is its own
                }
            } else {
                jvm.process().getOutputStream().close();
            }
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(family.stream().filter(Processes::isAlive).map(Machine::describe))
                        .isEmpty();
                assertThat(temporaryDirectoriesOf(jvm.pid())).isEmpty();
            });
        }
    }

    private static boolean isDriver(ProcessHandle process) {
        return Processes.commandLine(process).contains("run-driver");
    }

    private static boolean isWarmBrowser(ProcessHandle process) {
        return CommandLine.of(process)
                        .tag()
                        .filter(tag -> tag.startsWith("warm-"))
                        .isPresent()
                && CommandLine.of(process).isMain()
                && Processes.leadsGroup(process);
    }

    private static List<Path> temporaryDirectoriesOf(long jvm) throws Exception {
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return entries.filter(path -> path.getFileName().toString().startsWith("browser-pool-" + jvm + "-"))
                    .toList();
        }
    }
}
