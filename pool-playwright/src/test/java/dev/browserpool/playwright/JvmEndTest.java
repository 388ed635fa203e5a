package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.host.CommandLine;
import dev.browserpool.playwright.host.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a JVM ends, no browser of it is left. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class JvmEndTest {
    @TempDir
    Path directory;

    /** How it ends, and whether it can see to its evidence before. */
    private enum End {
        RETURN(true),
        EXIT(true),
        INTERRUPT_TO_THE_GROUP(true),
        SIGTERM(true),
        KILL(false),
        EXIT_WHILE_OPENING(false),
        KILL_WHILE_OPENING(false),
        KILL_WITH_FROZEN_BROWSERS(false),
        KILL_WITH_FROZEN_DRIVERS(false),
        KILL_WITH_A_FROZEN_SHARED_BROWSER(false);

        final boolean evidence;

        End(boolean evidence) {
            this.evidence = evidence;
        }

        /** Whether the JVM can see to its drivers: one that lives on tells the console when it finds its other end gone. */
        boolean isExit() {
            return evidence || this == EXIT_WHILE_OPENING;
        }
    }

    /** They wait most of their time. */
    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void leavesNoProcessAndNoTemporaryDirectory(End end) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "no setsid here to start a process group");
        assumeTrue(
                end != End.INTERRUPT_TO_THE_GROUP || !isInterruptIgnored(),
                "this build runs in the background and ignores Ctrl-C, and whatever it starts inherits that");
        Process jvm = start(end);
        List<ProcessHandle> family = jvm.descendants().toList();
        try {
            List<ProcessHandle> browsers =
                    family.stream().filter(JvmEndTest::isBrowser).toList();
            if (!end.name().endsWith("OPENING")) {
                assertThat(family).anyMatch(p -> Processes.commandLine(p).contains("run-driver"));
                assertThat(browsers).isNotEmpty();
            }

            bringAbout(end, jvm, family, browsers);

            assertThat(jvm.waitFor(40, TimeUnit.SECONDS)).isTrue();
            await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
                assertThat(Stream.concat(family.stream(), browsersOf(jvm))
                                .filter(Processes::isAlive)
                                .map(Machine::describe))
                        .isEmpty();
                assertThat(temporaryDirectoriesOf(jvm)).isEmpty();
            });
            if (end.isExit()) {
                assertThat(directory.resolve("err")).content().doesNotContain("EPIPE", "node:");
            }
            if (end.evidence) {
                assertThat(files("screenshot.png"))
                        .hasSize(browsers.size())
                        .allMatch(file -> file.toFile().length() > 0);
            }
            assertThat(files("manifest.json")).hasSize(end.evidence ? browsers.size() : 0);
            assertProfileCanBeOpened();
        } finally {
            family.forEach(ProcessHandle::destroyForcibly);
            jvm.destroyForcibly();
        }
    }

    private Process start(End end) throws IOException {
        Process jvm = new ProcessBuilder(
                        "setsid",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndingJvm.class.getName(),
                        directory.toString(),
                        end.name())
                .redirectError(directory.resolve("err").toFile())
                .start();
        OtherJvm other = new OtherJvm(jvm);
        assertThat(other.nextLine()).isEqualTo("open");
        return jvm;
    }

    private static boolean isInterruptIgnored() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(ignored -> (ignored & 2) != 0);
    }

    private static boolean isBrowser(ProcessHandle process) {
        CommandLine command = CommandLine.of(process);
        return command.tag().isPresent() && Processes.leadsGroup(process);
    }

    /** Those as well that were started in its last moment. */
    private static Stream<ProcessHandle> browsersOf(Process jvm) {
        return ProcessHandle.allProcesses()
                .filter(process -> CommandLine.of(process)
                        .tag()
                        .flatMap(CommandLine::jvm)
                        .filter(pid -> pid == jvm.pid())
                        .isPresent());
    }

    private static void bringAbout(End end, Process jvm, List<ProcessHandle> family, List<ProcessHandle> browsers)
            throws Exception {
        switch (end) {
            case RETURN, EXIT, EXIT_WHILE_OPENING -> {}
            case SIGTERM -> Machine.signal("TERM", jvm.toHandle());
            case INTERRUPT_TO_THE_GROUP ->
                new ProcessBuilder("kill", "-INT", "--", "-" + jvm.pid())
                        .start()
                        .waitFor();
            case KILL, KILL_WHILE_OPENING -> jvm.destroyForcibly();
            case KILL_WITH_FROZEN_BROWSERS -> {
                browsers.stream().flatMap(Processes::group).forEach(p -> Machine.signal("STOP", p));
                jvm.destroyForcibly();
            }
            case KILL_WITH_A_FROZEN_SHARED_BROWSER -> {
                assertThat(browsers).hasSize(1);
                Machine.signal("STOP", browsers.get(0).parent().orElseThrow());
                browsers.stream().flatMap(Processes::group).forEach(p -> Machine.signal("STOP", p));
                jvm.destroyForcibly();
            }
            case KILL_WITH_FROZEN_DRIVERS -> {
                family.stream()
                        .filter(p -> Processes.commandLine(p).contains("run-driver"))
                        .forEach(p -> Machine.signal("STOP", p));
                jvm.destroyForcibly();
            }
        }
    }

    private static List<Path> temporaryDirectoriesOf(Process jvm) throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith("browser-pool-" + jvm.pid() + "-"))
                    .toList();
        }
    }

    private List<Path> files(String name) throws IOException {
        Path evidence = directory.resolve("evidence");
        if (!Files.exists(evidence)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(evidence)) {
            return all.filter(file -> file.endsWith(name)).toList();
        }
    }

    private void assertProfileCanBeOpened() throws InterruptedException {
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1))) {
            String url = BrowserSessions.builder(pool)
                    .profiles(directory.resolve("profiles"))
                    .build()
                    .call(
                            Requests.onProfile("next", "shop"),
                            session -> session.page().url());
            assertThat(url).isEqualTo("about:blank");
        }
    }
}
