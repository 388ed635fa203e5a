package dev.browserpool.playwright.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileFilesTest {
    @TempDir
    Path directory;

    @Test
    void locksAndCachesAreNoStateAndWhatPagesKeptIs() throws IOException {
        List<String> state = List.of(
                ".browser-pool.browser",
                "Default/Cookies",
                "Default/Extensions/abc/1.0/Cache/needed.js",
                "Default/IndexedDB/http_a_0.indexeddb.leveldb/000003.log",
                "Default/Service Worker/CacheStorage/1/index.txt",
                "Local State");
        List<String> none = List.of(
                ".browser-pool.lock",
                ".browser-pool.owner.json",
                "Crashpad/settings.dat",
                "Default/Cache/Cache_Data/data_0",
                "Default/Code Cache/js/index",
                "Default/Local Storage/leveldb/LOCK",
                "GrShaderCache/data_0");
        for (String name : state) {
            make(name);
        }
        for (String name : none) {
            make(name);
        }
        Files.createSymbolicLink(directory.resolve("SingletonLock"), Path.of("host-1"));
        Files.createSymbolicLink(directory.resolve("Default/Elsewhere"), Path.of("Cookies"));

        assertThat(ProfileFiles.of(directory)).map(Path::toString).containsExactlyInAnyOrderElementsOf(state);
    }

    @Test
    void aCopyEndsAtAnInterruptWhichIsKept(@TempDir Path empty) throws IOException {
        make("Default/Cookies");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> ProfileFiles.copy(directory, empty)).isInstanceOf(InterruptedIOException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(empty).isEmptyDirectory();
    }

    @Test
    void aCopyDoesNotMakeAgainWhatWasDeletedUnderIt(@TempDir Path above) throws IOException {
        make("Default/Cookies");
        Path deleted = above.resolve("profile");

        assertThatThrownBy(() -> ProfileFiles.copy(directory, deleted)).isInstanceOf(NoSuchFileException.class);

        assertThat(deleted).doesNotExist();
    }

    @Test
    void aCopyIsItsOwnersAlone(@TempDir Path empty) throws IOException {
        make("Default/Local Storage/leveldb/CURRENT");

        ProfileFiles.copy(directory, empty);

        assertThat(empty.resolve("Default/Local Storage/leveldb/CURRENT"))
                .hasContent("Default/Local Storage/leveldb/CURRENT");
        for (String made : List.of("Default", "Default/Local Storage", "Default/Local Storage/leveldb")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(empty.resolve(made))))
                    .isEqualTo("rwx------");
        }
    }

    private void make(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }
}
