package dev.browserpool.playwright.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.browserpool.ProfileHome;
import dev.browserpool.playwright.host.Directories;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileGuardTest {
    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void resolve() throws IOException {
        directory = temporary.toRealPath();
    }

    @Test
    void isHeldOnceAndFreeAfterItsRelease() throws IOException {
        ProfileGuard first = ProfileGuard.take(directory, owner(1, "first"));
        first.sign(true);

        assertThatThrownBy(() -> ProfileGuard.take(directory, owner(2, "second")))
                .isInstanceOf(DirectoryHeldException.class)
                .hasMessageContaining("in use by request first");

        first.release(true);
        first.release(true);
        ProfileGuard.take(directory, owner(2, "second")).release(true);
    }

    @Test
    void isHeldAlsoIfTheRecordOfItsHolderCanNotBeRead() throws IOException {
        ProfileGuard first = ProfileGuard.take(directory, owner(1, "first"));
        Files.writeString(directory.resolve(".browser-pool.owner.json"), "{broken");

        DirectoryHeldException held = catchThrowableOfType(
                DirectoryHeldException.class, () -> ProfileGuard.take(directory, owner(2, "second")));

        assertThat(held.owner().processId()).isZero();
        assertThat(held.owner().command()).contains("unknown process");
        first.release(true);
    }

    @Test
    void anotherTryInThisJvmDoesNotDropTheLockForOthers() throws Exception {
        ProfileGuard first = ProfileGuard.take(directory, owner(5, "first"));
        assertThatThrownBy(() -> ProfileGuard.take(directory, owner(6, "second")))
                .isInstanceOf(DirectoryHeldException.class);

        assertThatThrownBy(() -> GuardHolder.start(directory)).isInstanceOf(IOException.class);

        first.release(true);
    }

    /** Two web applications in one server, say. */
    @Test
    void triesBesideAnotherCopyOfThisClassLeaveOneFileOpenAndItsLockAlone() throws Exception {
        try (URLClassLoader others = copyOfThisLibrary()) {
            AutoCloseable held = takenBy(others);
            refused();
            long before = filesOpen();

            for (int i = 0; i < 20; i++) {
                refused();
            }

            assertThat(filesOpen()).isEqualTo(before);
            assertThatThrownBy(() -> GuardHolder.start(directory)).isInstanceOf(IOException.class);
            held.close();
            ProfileGuard mine = ProfileGuard.take(directory, owner(6, "mine"));
            assertThat(filesOpen()).isEqualTo(before - 1);
            assertThatThrownBy(() -> GuardHolder.start(directory)).isInstanceOf(IOException.class);
            mine.release(true);
            assertThat(filesOpen()).isEqualTo(before - 2);
        }
    }

    private void refused() {
        assertThatThrownBy(() -> ProfileGuard.take(directory, owner(6, "mine")))
                .isInstanceOf(DirectoryHeldException.class);
    }

    private long filesOpen() throws IOException {
        Path lock = directory.resolve(".browser-pool.lock");
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(file -> {
                        try {
                            return Files.isSameFile(file, lock);
                        } catch (IOException closed) {
                            return false;
                        }
                    })
                    .count();
        }
    }

    private static URLClassLoader copyOfThisLibrary() throws IOException {
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            path.add(Path.of(entry).toUri().toURL());
        }
        return new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private AutoCloseable takenBy(ClassLoader others) throws ReflectiveOperationException {
        Class<?> record = others.loadClass(GuardRecord.class.getName());
        Class<?> guard = others.loadClass(ProfileGuard.class.getName());
        Object owner = record.getConstructor(long.class, String.class, String.class, long.class, boolean.class)
                .newInstance(5L, "theirs", "here", 1L, false);
        Object held = guard.getMethod("take", Path.class, record).invoke(null, directory, owner);
        return () -> guard.getMethod("release", boolean.class).invoke(held, true);
    }

    @Test
    void whatStandsInThePlaceOfADirectoryThatWasDeletedIsNotSigned() throws IOException {
        ProfileGuard guard = launched(owner(3, "first"));
        assertThat(guard.isIntact()).isTrue();

        Directories.delete(directory);
        Files.createDirectories(directory.resolve("Default"));
        Files.createFile(directory.resolve(".browser-pool.lock"));

        assertThat(guard.isIntact()).isFalse();
        assertThatThrownBy(() -> guard.release(true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("deleted or replaced");
        assertThat(GuardRecord.read(directory)).isEmpty();
        ProfileGuard.take(directory, owner(4, "next")).release(true);
    }

    @Test
    void anOlderTokenNeverOpensTheDirectory() throws IOException {
        launched(owner(7, "newer")).release(true);

        assertThatThrownBy(() -> ProfileGuard.take(directory, owner(6, "older")))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(DirectoryHeldException.class)
                .hasMessageContaining("token 7")
                .hasMessageContaining("request newer");
        assertThat(GuardRecord.read(directory)).contains(owner(7, "newer"));
        ProfileGuard.take(directory, owner(8, "newest")).release(true);
    }

    @Test
    void isDirtyWhileABrowserIsOnItAndUntilOneEndedByItself() throws IOException {
        ProfileGuard killed = launched(owner(1, "killed"));
        assertThat(GuardRecord.read(directory)).contains(owner(1, "killed").withDirty(true));
        killed.release(false);

        ProfileGuard sound = launched(owner(2, "sound"));
        assertThat(sound.isDirty()).isTrue();
        sound.release(true);

        assertThat(GuardRecord.read(directory)).contains(owner(2, "sound"));
    }

    @Test
    void anOpeningThatThePoolNeverHeardOfLeavesTheRecordAsItWas() throws IOException {
        ProfileGuard first = ProfileGuard.take(directory, owner(1, "first"));
        first.sign(true);
        first.release(true);
        assertThat(GuardRecord.read(directory)).isEmpty();

        launched(owner(2, "killed")).release(false);
        ProfileGuard third = ProfileGuard.take(directory, owner(3, "third"));
        third.sign(true);
        third.release(true);
        assertThat(GuardRecord.read(directory)).contains(owner(2, "killed").withDirty(true));
    }

    @Test
    void anOpeningThatThePoolHeardOfKeepsItsTokenAndIsAsDirtyAsBefore() throws IOException {
        announced(owner(1, "first")).release(false);
        assertThat(GuardRecord.read(directory)).contains(owner(1, "first"));

        launched(owner(2, "killed")).release(false);
        announced(owner(3, "third")).release(true);
        assertThat(GuardRecord.read(directory)).contains(owner(3, "third").withDirty(true));
    }

    @Test
    void aTokenWhereNobodyHasOpenedAnythingIsNoStateUntilThePoolHasHeardOfIt() throws IOException {
        ProfileGuard guard = ProfileGuard.take(directory, owner(2, "first"));
        guard.sign(false);
        GuardRecord signed = GuardRecord.read(directory).orElseThrow();
        assertThat(signed.isOpened(Optional.empty())).isFalse();
        assertThat(signed.isOpened(Optional.of(new ProfileHome("there", 1)))).isFalse();
        assertThat(signed.isOpened(Optional.of(new ProfileHome("here", 2))))
                .as("the pool heard of it, and nobody heard the pool's answer")
                .isTrue();

        guard.announce();
        guard.opened();
        assertThat(GuardRecord.read(directory).orElseThrow().isOpened(Optional.empty()))
                .isTrue();

        guard.release(true);
        assertThat(GuardRecord.read(directory)).contains(owner(2, "first"));
    }

    @Test
    void thePoolIsNotToldOfAnOpeningThatWasGivenUp() throws IOException {
        ProfileGuard guard = ProfileGuard.take(directory, owner(1, "slow"));
        guard.sign(true);
        guard.release(true);

        assertThatThrownBy(guard::announce)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("RELEASED");
    }

    @Test
    void aRecordThatDoesNotSayCountsAsClean() throws IOException {
        Files.writeString(
                directory.resolve(".browser-pool.owner.json"),
                "{\"token\":4,\"requestId\":\"old\",\"host\":\"here\",\"pid\":1}");

        assertThat(GuardRecord.read(directory)).contains(owner(4, "old"));
    }

    @Test
    void aBrokenRecordIsReportedAndNotOverwritten() throws IOException {
        Path record = directory.resolve(".browser-pool.owner.json");
        Files.writeString(record, "{broken");

        assertThatThrownBy(() -> ProfileGuard.take(directory, owner(1, "first")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(record.toString());
        assertThat(record).hasContent("{broken");
    }

    private ProfileGuard announced(GuardRecord owner) throws IOException {
        ProfileGuard guard = ProfileGuard.take(directory, owner);
        guard.sign(true);
        guard.announce();
        return guard;
    }

    private ProfileGuard launched(GuardRecord owner) throws IOException {
        ProfileGuard guard = announced(owner);
        guard.opened();
        guard.launch();
        return guard;
    }

    private static GuardRecord owner(long token, String request) {
        return new GuardRecord(token, request, "here", 1, false);
    }
}
