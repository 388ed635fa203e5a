package dev.browserpool.playwright.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private void make(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }
}
