package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileEvidenceStoreTest {
    @TempDir
    Path directory;

    private int token;

    @Test
    void hasItsNameOnlyWhenItIsComplete() throws Exception {
        FileEvidenceStore store = FileEvidenceStore.in(directory);
        EvidenceStore.Key key = key("task 7/a", Optional.of("shop"));

        Path begun = store.begin(key);
        assertThat(begun.getFileName().toString()).startsWith(".unfinished-");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(begun)))
                .isEqualTo("rwx------");

        Path kept = store.complete(key, begun);
        assertThat(kept.getParent()).isEqualTo(directory.resolve("shop"));
        assertThat(kept.getFileName().toString()).matches("\\d{8}-\\d{6}-task_7_a-1");
        assertThat(begun).doesNotExist();
    }

    @Test
    void whatIsDiscardedIsGone() throws Exception {
        FileEvidenceStore store = FileEvidenceStore.in(directory);
        EvidenceStore.Key key = key("task", Optional.empty());
        Path begun = store.begin(key);
        Files.writeString(begun.resolve("file"), "text");

        store.discard(key, begun);
        store.discard(key, begun);

        assertThat(directory.resolve("ephemeral")).isEmptyDirectory();
    }

    @Test
    void keepsTheNewestOfTooMany() throws Exception {
        FileEvidenceStore store = FileEvidenceStore.in(directory).atMost(3);
        List<Path> kept =
                Stream.of(5, 4, 3, 2, 1).map(age -> saved(store, age, 10)).toList();

        save(store, 10);

        await().untilAsserted(() -> assertThat(all()).hasSize(3).contains(kept.get(3), kept.get(4)));
    }

    @Test
    void keepsTheNewestOfTooManyBytesAndAlwaysTheLast() throws Exception {
        FileEvidenceStore store = FileEvidenceStore.in(directory).atMostBytes(2_500);
        saved(store, 3, 1_000);
        Path second = saved(store, 2, 1_000);

        Path third = save(store, 1_000);
        await().untilAsserted(() -> assertThat(all()).containsExactlyInAnyOrder(second, third));

        Path huge = save(store, 10_000);
        await().untilAsserted(() -> assertThat(all()).containsExactly(huge));
    }

    @Test
    void deletesNothingThatIsNotItsOwn() throws Exception {
        Path old = Files.createDirectories(directory.resolve("profiles/shop_de"));
        Path hidden = Files.createDirectories(directory.resolve("profiles/.unfinished-business"));
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(400)));
        Files.setLastModifiedTime(old, longAgo);
        Files.setLastModifiedTime(hidden, longAgo);
        FileEvidenceStore store = FileEvidenceStore.in(directory).atMost(1);
        Path first = save(store, 10);

        save(store, 10);

        await().until(() -> Files.notExists(first));
        assertThat(old).isDirectory();
        assertThat(hidden).isDirectory();
    }

    @Test
    void whatCanNotBeDeletedKeepsNothingElse() throws Exception {
        FileEvidenceStore store = FileEvidenceStore.in(directory).noOlderThan(Duration.ofDays(1));
        Path oldest = saved(store, 4, 10);
        Path stubborn = saved(store, 3, 10);
        Path old = saved(store, 2, 10);
        List<Path> all = List.of(oldest, stubborn, old);
        for (Path one : all) {
            Files.setLastModifiedTime(one, FileTime.from(Instant.now().minus(Duration.ofDays(10 + all.indexOf(one)))));
        }
        assumeThat(isMadeImmutable(stubborn, "+i"))
                .as("a file system that knows chattr")
                .isTrue();
        try {
            save(store, 10);

            await().untilAsserted(
                            () -> assertThat(all).filteredOn(Files::exists).containsExactly(stubborn));
        } finally {
            isMadeImmutable(stubborn, "-i");
        }
    }

    private static boolean isMadeImmutable(Path directory, String how) throws Exception {
        try {
            return new ProcessBuilder("chattr", how, directory.toString())
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException unknown) {
            return false;
        }
    }

    @Test
    void deletesWhatIsTooOldAndWhatADeadJvmLeftUnfinished() throws Exception {
        FileEvidenceStore store = FileEvidenceStore.in(directory).noOlderThan(Duration.ofMinutes(150));
        saved(store, 3, 10);
        Path abandoned = store.begin(key("abandoned", Optional.empty()));
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path begun = store.begin(key("at work", Optional.empty()));

        Path fresh = save(store, 10);

        await().untilAsserted(() -> assertThat(all()).containsExactlyInAnyOrder(fresh, begun));
        assertThat(abandoned).doesNotExist();
    }

    @Test
    void savesNothingIfTheDiskWouldHaveTooLittleLeft() {
        FileEvidenceStore store = FileEvidenceStore.in(directory).leavingFree(Long.MAX_VALUE);

        assertThatThrownBy(() -> store.begin(key("task", Optional.empty())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bytes left")
                .hasMessageContaining(Long.toString(Long.MAX_VALUE));
    }

    @Test
    void capsAreMoreThanZero() {
        FileEvidenceStore store = FileEvidenceStore.in(directory);

        assertThatThrownBy(() -> store.atMost(0)).hasMessageContaining("sessions is 0");
        assertThatThrownBy(() -> store.atMostBytes(-1)).hasMessageContaining("bytes is -1");
        assertThatThrownBy(() -> store.noOlderThan(Duration.ZERO)).hasMessageContaining("age");
        assertThatThrownBy(() -> store.leavingFree(-1)).hasMessageContaining("-1");
    }

    private Path saved(FileEvidenceStore store, int hoursAgo, int bytes) {
        try {
            // Another store without caps, so that nothing is deleted yet.
            Path kept = save(FileEvidenceStore.in(store.root()), bytes);
            return Files.setLastModifiedTime(kept, FileTime.from(Instant.now().minus(Duration.ofHours(hoursAgo))));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path save(FileEvidenceStore store, int bytes) throws IOException {
        EvidenceStore.Key key = key("task", Optional.of("shop"));
        Path begun = store.begin(key);
        Files.write(begun.resolve("file"), new byte[bytes]);
        return store.complete(key, begun);
    }

    private EvidenceStore.Key key(String requestId, Optional<String> profile) {
        return new EvidenceStore.Key(requestId, ++token, profile, Instant.now());
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> all = Files.find(directory, 2, (path, type) -> type.isDirectory())) {
            return all.filter(path -> directory.relativize(path).getNameCount() == 2)
                    .toList();
        }
    }
}
