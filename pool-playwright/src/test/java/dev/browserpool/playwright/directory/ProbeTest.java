package dev.browserpool.playwright.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.browserpool.playwright.host.CommandLine;
import dev.browserpool.playwright.host.Processes;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {
    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void make() throws IOException {
        directory = Files.createDirectory(temporary.resolve("shop")).toRealPath();
    }

    @Test
    void aDirectoryThatNobodyOpenedIsFree() {
        assertThat(Probe.look(directory)).isEqualTo(new Occupancy.Free());
    }

    @Test
    void aLockOfADeadProcessOfThisHostIsStale() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();

        assertThat(withLock(SingletonLock.thisHost(), process.pid())).isInstanceOf(Occupancy.Stale.class);
    }

    @Test
    void aLockWhoseNumberWasGivenToAProcessThatIsNoBrowserIsStale() throws Exception {
        assertThat(withLock(SingletonLock.thisHost(), ProcessHandle.current().pid()))
                .isInstanceOf(Occupancy.Stale.class);
    }

    @Test
    void aLockOfAnotherHostIsStaleIfNobodyHasTheStorageOpen() throws Exception {
        Files.createDirectories(directory.resolve("Default/Local Storage/leveldb"));
        Files.createFile(directory.resolve("Default/Local Storage/leveldb/LOCK"));

        assertThat(withLock("elsewhere", 4711)).isEqualTo(new Occupancy.Stale(new SingletonLock("elsewhere", 4711)));
    }

    @Test
    void aHostMayHaveDashesInItsName() throws Exception {
        assertThat(withLock("web-7-eu", 12)).isEqualTo(new Occupancy.Stale(new SingletonLock("web-7-eu", 12)));
    }

    @Test
    void whoeverHasTheStorageOpenIsNamed() throws Exception {
        try (StorageHolder holder = StorageHolder.start(directory)) {
            assertThat(Probe.look(directory)).isInstanceOfSatisfying(Occupancy.HeldLocally.class, held -> {
                assertThat(held.pid()).isEqualTo(holder.process().pid());
                assertThat(held.command()).contains("java");
            });
        }
        assertThat(Probe.look(directory)).isEqualTo(new Occupancy.Free());
    }

    @Test
    void whoeverHasTheStorageOpenInAnotherContainerIsNamedByItsLock() throws Exception {
        assumeTrue(canEnterNamespaces(), "this user may make no namespaces");
        try (StorageHolder holder =
                StorageHolder.start(directory, "unshare", "--pid", "--fork", "--kill-child", "--mount-proc")) {
            assertThat(holder.process().isAlive()).isTrue();
            boolean isSeenHere = Probe.storageHolder(directory).isPresent();
            Occupancy seen = withLock("container-9", 1);

            // Seen from the outermost namespace it has a process id; from a sibling it has none, and only its lock
            // tells.
            assertThat(seen).isInstanceOf(isSeenHere ? Occupancy.HeldLocally.class : Occupancy.HeldElsewhere.class);
        }
    }

    @Test
    void fromAContainerTheOneWhoHasTheStorageOpenOutsideIsHeldElsewhere() throws Exception {
        assumeTrue(canEnterNamespaces(), "this user may make no namespaces");
        Files.createSymbolicLink(directory.resolve("SingletonLock"), Path.of("outside-77"));
        try (StorageHolder holder = StorageHolder.start(directory)) {
            assertThat(holder.process().isAlive()).isTrue();
            Process inside = new ProcessBuilder(
                            "unshare",
                            "--pid",
                            "--fork",
                            "--kill-child",
                            "--mount-proc",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            ProbeTest.class.getName(),
                            directory.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();

            assertThat(inside.inputReader().readLine())
                    .isEqualTo(new Occupancy.HeldElsewhere("outside", 77).toString());
            inside.waitFor();
        }
    }

    @Test
    void whatCanNotBeReadMayBeHeld() throws Exception {
        Files.createSymbolicLink(directory.resolve("SingletonLock"), Path.of("nonsense"));
        assertThat(Probe.look(directory)).isInstanceOf(Occupancy.Unknown.class);

        Files.delete(directory.resolve("SingletonLock"));
        Files.createFile(directory.resolve("SingletonLock"));
        assertThat(Probe.look(directory)).isInstanceOf(Occupancy.Unknown.class);
    }

    @Test
    void lookingChangesNothing() throws Exception {
        withLock("elsewhere", 4711);
        List<String> before = listing();

        Probe.look(directory);

        assertThat(listing()).isEqualTo(before);
    }

    @Test
    void aCommandLineIsToldWithoutWhatMayBeSecret() {
        CommandLine command = new CommandLine(List.of(
                "/usr/bin/chromium",
                "--user-data-dir=/profiles/shop",
                "--proxy-server=http://user:s3cret@proxy.test",
                "--headless",
                "http://shop.test/?token=s3cret"));

        assertThat(command.forPeople())
                .isEqualTo("/usr/bin/chromium --user-data-dir=/profiles/shop --proxy-server=… --headless");
        assertThat(new CommandLine(List.of("")).forPeople()).contains("can't be read");
    }

    /** A process keeps its age when it becomes another program, so this one can name one that is younger as the JVM that started it. */
    @Test
    void theBrowserOfAJvmWhoseNumberWasGivenToAYoungerProcessIsAnOrphan() throws Exception {
        Process browser = new ProcessBuilder("sh", "-c", """
                read -r jvm; exec sh -c 'echo there; read -r end' chromium "--pool-lease=old-1-$jvm" "--user-data-dir=$0"\
                """, directory.toString()).start();
        Process young = youngerThan(browser);
        try (Writer toBrowser = browser.outputWriter()) {
            toBrowser.write(young.pid() + "\n");
            toBrowser.flush();
            assertThat(browser.inputReader().readLine()).isEqualTo("there");

            assertThat(Probe.look(directory)).isEqualTo(new Occupancy.Ours(browser.toHandle()));
            assertThat(Processes.mayBeParent(browser.pid(), young.toHandle()))
                    .as("the other way round it can be")
                    .isTrue();
        } finally {
            young.destroyForcibly().waitFor();
            browser.destroyForcibly().waitFor();
        }
    }

    private static Process youngerThan(Process other) throws Exception {
        Process young = new ProcessBuilder("cat").start();
        while (Processes.startTicks(young.toHandle()).equals(Processes.startTicks(other.toHandle()))) {
            young.destroyForcibly().waitFor();
            young = new ProcessBuilder("cat").start();
        }
        return young;
    }

    private Occupancy withLock(String host, long pid) throws IOException {
        Files.createSymbolicLink(directory.resolve("SingletonLock"), Path.of(host + "-" + pid));
        return Probe.look(directory);
    }

    private List<String> listing() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.map(Path::toString).sorted().toList();
        }
    }

    private static boolean canEnterNamespaces() throws InterruptedException {
        try {
            return new ProcessBuilder("unshare", "--pid", "--fork", "--mount-proc", "true")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** Looks from wherever it was started. */
    public static void main(String[] arguments) {
        System.out.println(Probe.look(Path.of(arguments[0])));
    }
}
