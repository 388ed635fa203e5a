package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.PoolEvent;
import dev.browserpool.PoolEvent.ProfileConflict.Decision;
import dev.browserpool.PoolEvent.ProfileConflict.Detector;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.Workers.Worker;
import dev.browserpool.playwright.directory.SingletonLock;
import dev.browserpool.playwright.host.CommandLine;
import dev.browserpool.playwright.host.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A browser that no pool knows of is on the profile. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class OutsideBrowserTest {
    @TempDir
    Path directory;

    private final List<PoolEvent.ProfileConflict> conflicts = new CopyOnWriteArrayList<>();
    private BrowserPool pool;
    private Path shop;

    @BeforeEach
    void open() throws IOException {
        pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
        pool.addListener(event -> {
            if (event instanceof PoolEvent.ProfileConflict conflict) {
                conflicts.add(conflict);
            }
        });
        shop = directory.toRealPath().resolve("shop");
    }

    @AfterEach
    void close() {
        assertThat(pool.status().running()).isEmpty();
        pool.close();
    }

    static Stream<Map.Entry<String, Path>> browsers() {
        return TestBrowsers.all();
    }

    @ParameterizedTest
    @MethodSource("browsers")
    void isLeftAloneAndReportedAndTheRequestGoesOnAsSoonAsItIsClosed(Map.Entry<String, Path> program) throws Exception {
        try (OutsideBrowser outside =
                OutsideBrowser.start(program.getValue(), shop, "http://127.0.0.1:1/?token=s3cret")) {
            int tabs = outside.tabs();
            Worker<String> waiter = waiter(sessions(program.getValue()));

            await().until(() -> !conflicts.isEmpty());
            assertThat(conflicts.get(0).detectedBy()).isEqualTo(Detector.PROBE);
            assertThat(conflicts.get(0).decision()).isEqualTo(Decision.PARK);
            assertThat(conflicts.get(0).block().orElseThrow()).satisfies(block -> {
                assertThat(block.who()).contains("process " + outside.pid() + " on " + SingletonLock.thisHost());
                assertThat(block.why())
                        .startsWith(program.getValue().toString())
                        .contains("--user-data-dir=" + shop)
                        .doesNotContain("s3cret");
            });
            String other = sessions(program.getValue())
                    .call(
                            Requests.onProfile("other", "market"),
                            session -> session.page().url());
            assertThat(other).as("the slot is for others meanwhile").isEqualTo("about:blank");
            assertThat(Machine.drivers()).isEmpty();
            assertThat(outside.tabs()).as("no tab appeared in it").isEqualTo(tabs);
            assertThat(pool.slot("waiter").orElseThrow().state()).isIn(SlotState.WAITING, SlotState.RUNNING);

            outside.close();

            assertThat(waiter.result()).isEqualTo("about:blank");
            assertThat(conflicts).as("one for the whole waiting").hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("browsers")
    void whichHangsIsNotKilledForAClaimThatDoesNotWait(Map.Entry<String, Path> program) throws Exception {
        try (OutsideBrowser outside = OutsideBrowser.start(program.getValue(), shop)) {
            Machine.signal("STOP", outside.process().toHandle());

            assertThatThrownBy(() -> sessions(program.getValue()).open(Requests.notWaiting("impatient", "shop")))
                    .isInstanceOf(ProfileConflictException.class)
                    .hasMessageContaining("process " + outside.pid() + " on ")
                    .hasMessageContaining(program.getValue().toString());

            assertThat(Machine.drivers()).isEmpty();
            assertThat(Processes.isAlive(outside.process().toHandle())).isTrue();
            await().untilAsserted(() -> assertThat(conflicts)
                    .extracting(PoolEvent.ProfileConflict::decision)
                    .containsExactly(Decision.REFUSE));
        }
    }

    @Test
    void whoseJvmIsGoneIsEndedAlsoIfItIsFrozen() throws Exception {
        try (OutsideBrowser orphan =
                OutsideBrowser.start(TestBrowsers.chromium(), shop, CommandLine.TAG + "lost-1-" + deadProcess())) {
            Machine.signal("STOP", orphan.process().toHandle());

            String url = waiter(sessions(TestBrowsers.chromium())).result();

            assertThat(url).isEqualTo("about:blank");
            assertThat(Processes.isAlive(orphan.process().toHandle())).isFalse();
            assertThat(conflicts).isEmpty();
        }
    }

    @Test
    void thatCameBetweenTheLookAndTheLaunchIsReportedByTheBrowserItself() throws Exception {
        Path faster = script("""
                [ -e %1$s/once ] && exec %2$s "$@"
                touch %1$s/once
                %2$s --headless --no-sandbox --user-data-dir=%3$s about:blank >/dev/null 2>&1 3>&- 4>&- &
                echo $! > %1$s/pid
                while [ ! -L %3$s/SingletonLock ]; do sleep 0.05; done
                exec %2$s "$@"
                """.formatted(directory, TestBrowsers.chromium(), shop));

        Worker<String> waiter = waiter(sessions(faster));
        await().atMost(Duration.ofSeconds(30)).until(() -> !conflicts.isEmpty());

        assertThat(conflicts).singleElement().satisfies(conflict -> {
            assertThat(conflict.detectedBy()).isEqualTo(Detector.BROWSER);
            assertThat(conflict.decision()).isEqualTo(Decision.PARK);
        });
        ProcessHandle.of(Long.parseLong(
                        Files.readString(directory.resolve("pid")).strip()))
                .ifPresent(OutsideBrowserTest::kill);
        assertThat(waiter.result()).isEqualTo("about:blank");
        assertThat(conflicts).hasSize(1);
    }

    @Test
    void onAnotherComputerIsReportedByTheBrowserItself() throws Exception {
        Path locked = script("""
                [ -e %1$s/once ] || ln -s elsewhere.test-4711 %2$s/SingletonLock
                touch %1$s/once
                exec %3$s "$@"
                """.formatted(directory, shop, TestBrowsers.chromium()));

        String url = waiter(sessions(locked)).result();

        assertThat(url)
                .as("nobody holds it, so that the lock is removed at the second look")
                .isEqualTo("about:blank");
        await().until(() -> !conflicts.isEmpty());
        assertThat(conflicts).singleElement().satisfies(conflict -> {
            assertThat(conflict.detectedBy()).isEqualTo(Detector.BROWSER);
            assertThat(conflict.block().orElseThrow().who()).isEqualTo("process 4711 on elsewhere.test");
        });
    }

    @Test
    void aBrowserThatOpensAnotherDirectoryThanItWasToldIsStopped() throws Exception {
        Path stray = script("""
                for argument; do
                  shift
                  case $argument in --user-data-dir=*) argument=--user-data-dir=%1$s/stray ;; esac
                  set -- "$@" "$argument"
                done
                exec %2$s "$@"
                """.formatted(directory, TestBrowsers.chromium()));

        BrowserSessionException failed = catchThrowableOfType(
                BrowserSessionException.class, () -> sessions(stray).open(Requests.onProfile("waiter", "shop")));

        assertThat(failed.step()).isEqualTo(BrowserSessionException.Step.VERIFY);
        assertThat(failed).hasMessageContaining("did not open " + shop);
    }

    private Worker<String> waiter(BrowserSessions sessions) {
        return Workers.start(
                "waiter",
                () -> sessions.call(
                        Requests.onProfile("waiter", "shop"),
                        session -> session.page().url()));
    }

    private BrowserSessions sessions(Path program) {
        return BrowserSessions.builder(pool)
                .profiles(directory)
                .executable(program)
                .lookAgainIn(Duration.ofMillis(500))
                .build();
    }

    private Path script(String text) throws IOException {
        Path file = directory.resolve("browser.sh");
        Files.writeString(file, "#!/bin/sh\n" + text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static long deadProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    private static void kill(ProcessHandle browser) {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(browser), browser.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        await().until(() -> all.stream().noneMatch(Processes::isAlive));
    }
}
