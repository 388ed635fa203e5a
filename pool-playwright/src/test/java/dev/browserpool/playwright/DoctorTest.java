package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.directory.GuardRecord;
import dev.browserpool.playwright.directory.ProfileGuard;
import dev.browserpool.playwright.directory.SingletonLock;
import dev.browserpool.playwright.host.CommandLine;
import dev.browserpool.playwright.host.Directories;
import dev.browserpool.playwright.host.Processes;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NothingLeft.class)
class DoctorTest {
    @TempDir
    Path directory;

    private record Visit(int verdict, String told) {}

    private static Visit visit(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int verdict = Doctor.run(new PrintStream(out, true, StandardCharsets.UTF_8), arguments);
        return new Visit(verdict, out.toString(StandardCharsets.UTF_8));
    }

    /** A JVM whose reaper was killed with it. */
    @Test
    @Tag("browser")
    void listsWhatADeadJvmLeftAndReapsThatAndNothingElse() throws Exception {
        Path profiles = directory.resolve("profiles");
        OtherJvm jvm = OtherJvm.run(EndingJvm.class, directory.toString(), "KILL");
        assertThat(jvm.nextLine()).isEqualTo("open");
        List<ProcessHandle> family = jvm.process().descendants().toList();
        List<ProcessHandle> browsers = family.stream()
                .filter(p -> CommandLine.of(p).tag().isPresent() && Processes.leadsGroup(p))
                .toList();
        assertThat(browsers).hasSize(2);
        browsers.stream().flatMap(Processes::group).forEach(p -> Machine.signal("STOP", p));
        family.stream()
                .filter(p -> Processes.commandLine(p).contains("browser-pool-reaper"))
                .forEach(ProcessHandle::destroyForcibly);
        jvm.process().destroyForcibly().waitFor();
        String left = "browser-pool-" + jvm.pid() + "-";

        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
                BrowserSession mine = BrowserSessions.builder(pool)
                        .profiles(profiles)
                        .build()
                        .open(Requests.onProfile("mine", "alive"))) {
            Visit look = visit("--profiles", profiles.toString());

            assertThat(look.verdict()).isEqualTo(1);
            browsers.forEach(browser -> assertThat(look.told())
                    .containsPattern("browser +dead +process " + browser.pid() + " of session ending-"));
            assertThat(look.told())
                    .containsPattern("temporary +dead +\\S*" + left)
                    .containsPattern("profile +dead +\\S*/shop \\(browser \\d+ of a JVM that is gone is on it\\)")
                    .containsPattern("profile +in use +\\S*/alive \\(held by request mine")
                    .containsPattern("browser +in use +process \\d+ of session mine-")
                    .containsPattern("driver +in use +process \\d+ \\(process "
                            + ProcessHandle.current().pid() + " has it");
            assertThat(browsers).allMatch(Processes::isAlive);

            Visit reaped = visit("--profiles", profiles.toString(), "--reap");

            assertThat(reaped.verdict()).as(reaped.told()).isZero();
            assertThat(reaped.told()).contains("cleaned");
            await().atMost(10, TimeUnit.SECONDS).until(() -> family.stream().noneMatch(Processes::isAlive));
            assertThat(mine.page().title())
                    .as("a session that lives is left alone")
                    .isEmpty();

            Visit after = visit("--profiles", profiles.toString());
            assertThat(after.verdict()).as(after.told()).isZero();
            assertThat(after.told()).doesNotContain(left).containsPattern("shop \\(at rest, .* inspects it\\)");
            assertThat(SingletonLock.isIn(profiles.resolve("shop"))).isFalse();
            mine.complete();
        } finally {
            family.forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void removesALockThatWasLeftAndKeepsTheOwnersToken() throws Exception {
        Path shop = Directories.create(directory.resolve("shop"));
        ProfileGuard.take(shop.toRealPath(), new GuardRecord(7, "last", "here", 1, false))
                .release(true);
        new GuardRecord(7, "last", "here", 1, false).write(shop);
        Files.createSymbolicLink(shop.resolve("SingletonLock"), Path.of("elsewhere-4711"));

        assertThat(visit("--profiles", directory.toString()).verdict()).isEqualTo(1);
        assertThat(SingletonLock.isIn(shop)).isTrue();

        assertThat(visit("--profiles", directory.toString(), "--reap").verdict())
                .isZero();
        assertThat(SingletonLock.isIn(shop)).isFalse();
        assertThat(GuardRecord.read(shop).orElseThrow().token()).isEqualTo(7);
    }

    @Test
    void whatItCanNotBeAskedItSays() {
        assertThat(visit("--profiles").told())
                .contains("--profiles needs a value")
                .contains("--reap");
        assertThat(visit("--profiles", directory + "/missing")).satisfies(visit -> {
            assertThat(visit.verdict()).isEqualTo(2);
            assertThat(visit.told()).contains("is not a directory");
        });
        assertThat(visit("--cure-all").verdict()).isEqualTo(2);
        assertThat(visit("--redis", "redis://127.0.0.1:1")).satisfies(visit -> {
            assertThat(visit.verdict()).isEqualTo(2);
            assertThat(visit.told()).contains("add pool-redis");
        });
        assertThat(visit("--help").verdict()).isZero();
    }
}
